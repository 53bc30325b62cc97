// A peer: what a checker in JavaScript costs that parses YAML and validates it against our schema, and knows nothing of
// names, types or formulas. `npm i ajv ajv-formats yaml`, then `node schema-only.mjs SCHEMA WORKBOOK`.

import { readFileSync } from "node:fs";
import addFormats from "ajv-formats";
import Ajv2020 from "ajv/dist/2020.js";
import { parse } from "yaml";

const [schema, workbook] = process.argv.slice(2).map((path) => readFileSync(path, "utf8"));
const ajv = new Ajv2020({ allErrors: true, strict: false });
addFormats(ajv);
const validate = ajv.compile(JSON.parse(schema));
if (!validate(parse(workbook, { maxAliasCount: 0 }))) {
  console.log(validate.errors.slice(0, 5).map((error) => `${error.instancePath} ${error.message}`).join("\n"));
  process.exitCode = 1;
}
