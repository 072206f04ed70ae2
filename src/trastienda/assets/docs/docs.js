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

// Returns the description with that operation or section alone, and those schemas that it refers to.
function about(spec, path) {
  const [kind, name] = path;
  const all = spec.components.schemas;
  const schemas = {};
  function keep(part) {
    for (const value of Object.values(part ?? {})) {
      const [, schema] = /^#\/components\/schemas\/([^/]+)$/.exec(value) ?? [];
      if (schema in all && !(schema in schemas)) {
        schemas[schema] = all[schema];
        keep(all[schema]);
      } else if (typeof value === "object") {
        keep(value);
      }
    }
  }
  if (kind !== "paths") {
    return { ...spec, paths: {}, components: { [name]: spec.components[name] } };
  }
  keep(spec.paths[name]);
  for (const [section, parts] of Object.entries(spec.components)) {
    if (section !== "schemas") keep(parts);
  }
  return {
    ...spec,
    paths: { [name]: spec.paths[name] },
    components: { ...spec.components, schemas },
  };
}

// The page resolves the ways to log in when it starts, and the references of an operation whenever
// one is opened, and reads the whole description for that, which takes seconds: it is given the
// part that is needed.
const fasterOpening = {
  afterLoad({ fn }) {
    const resolve = fn.resolveSubtree;
    fn.resolveSubtree = (spec, path, options) => resolve(about(spec, path), path, options);
  },
};

function show(spec) {
  SwaggerUIBundle({
    plugins: [fasterOpening],
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
