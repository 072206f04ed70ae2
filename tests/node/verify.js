// Reads {secret, headers, body} and writes what a receiver gets, or fails as it would.
const { Webhook } = require("standardwebhooks");

let text = "";
process.stdin.on("data", (part) => (text += part));
process.stdin.on("end", () => {
  const { secret, headers, body } = JSON.parse(text);
  const event = new Webhook(secret).verify(body, headers);
  process.stdout.write(JSON.stringify(event));
});
