// Reads a list of FHIR R4 resources on standard input and prints, as JSON, what an independent validator says of each.
import { readFileSync } from "node:fs";
import fhir from "fhir";

const validator = new fhir.Fhir();
const answers = JSON.parse(readFileSync(0, "utf8")).map((resource) => {
  const { valid, messages } = validator.validate(resource, { errorOnUnexpected: true });
  return { valid, messages: messages.filter(({ severity }) => severity === "error" || severity === "fatal") };
});
console.log(JSON.stringify(answers));
