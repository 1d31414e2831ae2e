// Reads {"codes": [...], "pairs": [[from, to], ...]} on standard input and prints, as JSON, what an
// independent UCUM library makes of them: whether each code is valid, and each conversion factor.
import { readFileSync } from "node:fs";
import ucum from "@lhncbc/ucum-lhc";

const utils = ucum.UcumLhcUtils.getInstance();
const { codes, pairs } = JSON.parse(readFileSync(0, "utf8"));

const validity = (code) => {
  const { status, ucumCode, msg } = utils.validateUnitString(code);
  return { code, valid: status === "valid" && ucumCode === code, message: msg.join(" ") };
};

const conversion = ([from, to]) => {
  const { status, toVal, msg } = utils.convertUnitTo(from, 1, to);
  return { from, to, factor: status === "succeeded" ? toVal : null, message: msg.join(" ") };
};

console.log(JSON.stringify({ codes: codes.map(validity), pairs: pairs.map(conversion) }));
