if (matchMedia("(prefers-color-scheme: dark)").matches) {
  document.documentElement.classList.add("dark-mode");
}

// The page names each problem that an operation may answer with; resolving the schemas of all of
// them would take seconds whenever an operation is opened. Programs get them from /openapi.json.
function withoutProblemSchemas(spec) {
  const problem = { $ref: "#/components/schemas/Problem" };
  for (const operations of Object.values(spec.paths)) {
    for (const operation of Object.values(operations)) {
      for (const response of Object.values(operation.responses ?? {})) {
        const refusal = response.content?.["application/problem+json"];
        if (refusal) refusal.schema = problem;
      }
    }
  }
  for (const name of Object.keys(spec.components.schemas)) {
    if (/.Problem$/.test(name)) delete spec.components.schemas[name];
  }
  return spec;
}

function show(spec) {
  SwaggerUIBundle({
    spec: withoutProblemSchemas(spec),
    dom_id: "#api",
    deepLinking: true,
    defaultModelsExpandDepth: 0,
    displayRequestDuration: true,
    docExpansion: "list",
    filter: true,
    tagsSorter: "alpha",
    validatorUrl: null, // the badge of another server
  });
}

fetch("/openapi.json").then((answer) => answer.json()).then(show);
