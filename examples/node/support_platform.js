// The shared library from Node.js by koffi, without a line of C.
//
//     cargo xtask dist
//     npm install --prefix examples/node      (koffi, which has its own prebuilt binaries)
//     node examples/node/support_platform.js target/dist/lib/libjawab.so rules/minimal.yaml < examples/events.tsv
//
// An event is a line of chat, text and facts as JSON, with tabs between them.

import { createInterface } from "node:readline";
import process from "node:process";
import koffi from "koffi";

const ACTIONS = ["send", "send", "send", "ignore"];
const HANDOFF = 2;
const PRIORITIES = ["low", "normal", "high", "urgent"];
const FIELD = { text: 0, reason: 2, team: 4 };
const NUMBER = { priority: 2, respondWithin: 3 };

const [path, rules] = process.argv.slice(2);
const library = koffi.load(path);
for (const kind of ["engine", "matcher", "context", "decision", "error"]) koffi.opaque(`jawab_${kind}`);
koffi.struct("jawab_text", { data: "const uint8_t *", len: "size_t" });

const call = {
  engine: library.func("int32_t jawab_engine_from_path(const char *path, size_t len, _Out_ jawab_engine **engine, _Out_ jawab_error **error)"),
  matcher: library.func("int32_t jawab_matcher_new(const jawab_engine *engine, _Out_ jawab_matcher **matcher, _Out_ jawab_error **error)"),
  decide: library.func("int32_t jawab_matcher_decide(const jawab_matcher *matcher, const char *text, size_t len, const jawab_context *context, _Out_ jawab_decision **decision, _Out_ jawab_error **error)"),
  context: library.func("int32_t jawab_context_from_json(const char *json, size_t len, _Out_ jawab_context **context, _Out_ jawab_error **error)"),
  action: library.func("int32_t jawab_decision_action(const jawab_decision *decision, _Out_ int32_t *action, _Out_ jawab_error **error)"),
  field: library.func("int32_t jawab_decision_field(const jawab_decision *decision, int32_t field, _Out_ jawab_text *text, _Out_ jawab_error **error)"),
  number: library.func("int32_t jawab_decision_number(const jawab_decision *decision, int32_t number, _Out_ double *value, _Out_ jawab_error **error)"),
  message: library.func("jawab_text jawab_error_message(const jawab_error *error)"),
};
const free = Object.fromEntries(
  ["engine", "matcher", "context", "decision", "error"].map((kind) => [kind, library.func(`void jawab_${kind}_free(jawab_${kind} *handle)`)]),
);

/** The value behind an out-parameter; a failed call throws what the library says. */
function given(name, ...parameters) {
  const [value, error] = [[null], [null]];
  if (call[name](...parameters, value, error) !== 0) {
    const message = decoded(call.message(error[0]));
    free.error(error[0]);
    throw new Error(message);
  }
  return value[0];
}

function decoded(text) {
  if (!text.data) return "";
  return Buffer.from(koffi.decode(text.data, "uint8_t", Number(text.len))).toString("utf8");
}

/** A text and its length in bytes. */
const encoded = (text) => [text, Buffer.byteLength(text)];

function* commands(matcher, [chat, text, facts]) {
  const context = given("context", ...encoded(facts));
  const decision = given("decide", matcher, ...encoded(text), context);
  const action = given("action", decision);
  const verb = ACTIONS[action];
  yield [chat, verb, decoded(given("field", decision, verb === "ignore" ? FIELD.reason : FIELD.text))];
  if (action === HANDOFF) {
    const team = decoded(given("field", decision, FIELD.team));
    const priority = PRIORITIES[given("number", decision, NUMBER.priority)];
    yield [chat, "assign", team, priority, given("number", decision, NUMBER.respondWithin)];
  }
  free.decision(decision);
  free.context(context);
}

const engine = given("engine", ...encoded(rules));
const matcher = given("matcher", engine);
for await (const event of createInterface({ input: process.stdin })) {
  for (const command of commands(matcher, event.split("\t"))) console.log(command.join("\t"));
}
free.matcher(matcher);
free.engine(engine);
