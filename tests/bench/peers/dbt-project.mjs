// A peer: a dbt project of as many models as a synthetic workbook has elements, each a query over the one before it.
// `pip install dbt-core dbt-duckdb`, then `node dbt-project.mjs FOLDER MODELS` and
// `dbt parse --no-partial-parse --project-dir FOLDER --profiles-dir FOLDER`.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [folder, count] = process.argv.slice(2);
const models = Array.from({ length: Number(count) }, (_, index) => index);
mkdirSync(join(folder, "models"), { recursive: true });
const put = (name, text) => writeFileSync(join(folder, name), text);

put("dbt_project.yml", "name: synthetic\nversion: '1.0'\nprofile: synthetic\nmodel-paths: [models]\n");
put("profiles.yml", "synthetic:\n  target: dev\n  outputs:\n    dev: { type: duckdb, path: ':memory:' }\n");
for (const index of models) {
  const from = index % 10 === 0 ? "orders" : `{{ ref('model_${index - 1}') }}`;
  put(`models/model_${index}.sql`, `select store, product, ordered_on, amount, cost, amount - cost * ${index % 7} as margin from ${from} where amount > ${index}\n`);
}
const described = models.map((index) => `  - name: model_${index}\n    columns:\n      - { name: store }\n      - { name: margin, data_tests: [not_null] }\n`);
put("models/schema.yml", `version: 2\nmodels:\n${described.join("")}`);
