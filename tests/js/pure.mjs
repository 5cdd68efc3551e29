// Works out expressions over scripts of a page that touch no page: {script, ask: [expression]} on the way in, their values
// as JSON on the way out.
import { readFileSync } from "node:fs";

const { script, ask } = JSON.parse(readFileSync(0, "utf-8"));
const values = new Function(`"use strict";\n${script}\nreturn [${ask.join(",\n")}];`)();
process.stdout.write(JSON.stringify(values));
