// The conformance suite through C: reads the flat file that `conformance export` writes and does what it says.
//
//     suite FILE      from the root of the repository, where the paths of the cases start
//
// The format is in crates/conformance/README.md.

#include "jawab.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ARGUMENTS 64
#define SOURCES 64

// A run of one case, and what the cases before it came to.
static jawab_source sources[SOURCES];
static size_t sources_len;
static jawab_limits *limits;
static jawab_engine *engine;
static jawab_conversation *conversation;
static const char *case_name = "";
static int case_name_len;
static size_t cases, failures;

static jawab_text text_of(const char *data, size_t len) {
  jawab_text text;
  text.data = data;
  text.len = len;
  return text;
}

static int equal(jawab_text a, jawab_text b) {
  return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

static int is(jawab_text text, const char *word) { return equal(text, text_of(word, strlen(word))); }

static void fail(const char *what, jawab_text expected, jawab_text found) {
  failures++;
  fprintf(stderr, "%.*s: %s\nmust be %.*s\nis      %.*s\n", case_name_len, case_name, what, (int)expected.len,
          expected.data, (int)found.len, found.data ? found.data : "");
}

static void compare(const char *what, jawab_text expected, jawab_text found) {
  if (!equal(expected, found)) fail(what, expected, found);
}

// Reports a call that must not fail; frees its error.
static int worked(const char *what, jawab_status status, jawab_error *error) {
  if (status == JAWAB_STATUS_OK && !error) return 1;
  fail(what, text_of("success", 7), jawab_error_message(error));
  jawab_error_free(error);
  return 0;
}

// Frees a string that must be as expected; none is `null`.
static void compare_string(const char *what, jawab_text expected, jawab_string *string) {
  jawab_text text = text_of("null", 4);
  if (string) jawab_string_text(string, &text, NULL);
  compare(what, expected, text);
  jawab_string_free(string);
}

static void compare_decision(const char *what, jawab_text expected, jawab_decision *decision) {
  jawab_text json;
  jawab_decision_to_json(decision, &json, NULL);
  compare(what, expected, json);
  jawab_decision_free(decision);
}

static long number(jawab_text text) {
  long value = 0;
  for (size_t at = 0; at < text.len; at++) value = value * 10 + (text.data[at] - '0');
  return value;
}

// A share such as `0.25`, out of a text that no zero byte ends.
static double share(jawab_text text) {
  char digits[32] = {0};
  memcpy(digits, text.data, text.len < 31 ? text.len : 31);
  return strtod(digits, NULL);
}

static void forget(void) {
  sources_len = 0;
  jawab_limits_free(limits);
  limits = NULL;
  jawab_engine_free(engine);
  engine = NULL;
  jawab_conversation_free(conversation);
  conversation = NULL;
}

static jawab_context *context_of(jawab_text json) {
  jawab_context *context = NULL;
  jawab_error *error = NULL;
  if (json.len) worked("context", jawab_context_from_json(json.data, json.len, &context, &error), error);
  return context;
}

static void set_limits(jawab_text json) {
  jawab_error *error = NULL;
  worked("limits", jawab_limits_from_json(json.data, json.len, &limits, &error), error);
}

static jawab_status read_rules(jawab_text path, jawab_rule_set **rules, jawab_error **error) {
  size_t len = sources_len;
  sources_len = 0;
  if (path.len) return jawab_rule_set_from_path(path.data, path.len, rules, error);
  return jawab_rule_set_from_sources(sources, len, limits, rules, error);
}

static void load(jawab_text path, jawab_text warnings) {
  jawab_rule_set *rules = NULL;
  jawab_error *error = NULL;
  jawab_string *json = NULL;
  if (!worked("load", read_rules(path, &rules, &error), error)) return;
  if (worked("warnings", jawab_rule_set_warnings_to_json(rules, &json, &error), error)) {
    compare_string("warnings", warnings, json);
  }
  jawab_engine_free(engine);
  worked("engine", jawab_engine_new(rules, &engine, &error), error);
  jawab_rule_set_free(rules);
}

static void refuse(jawab_text path, jawab_text problems) {
  jawab_rule_set *rules = NULL;
  jawab_error *error = NULL;
  jawab_status status = read_rules(path, &rules, &error);
  if ((status != JAWAB_STATUS_RULES && status != JAWAB_STATUS_IO) || rules || !error) {
    fail("refuse", problems, text_of("no refusal", 10));
  }
  compare("problems", problems, jawab_error_diagnostics_to_json(error));
  jawab_error_free(error);
  jawab_rule_set_free(rules);
}

static void settings(jawab_text threshold, jawab_text margin, jawab_text clarify) {
  jawab_settings changed;
  jawab_engine *other = NULL;
  jawab_error *error = NULL;
  jawab_engine_settings(engine, &changed, NULL);
  if (threshold.len) changed.threshold = share(threshold);
  if (margin.len) changed.margin = share(margin);
  if (clarify.len) changed.clarify = (int32_t)number(clarify);
  if (!worked("settings", jawab_engine_with_settings(engine, &changed, &other, &error), error)) return;
  jawab_engine_free(engine);
  engine = other;
}

// Every way to decide a message gives the same bytes; a matcher also when it is used again.
static void decide(jawab_text text, jawab_text facts, jawab_text expected) {
  jawab_context *context = context_of(facts);
  jawab_decision *decision = NULL, *many[2] = {NULL, NULL};
  jawab_matcher *matcher = NULL;
  jawab_error *error = NULL;
  jawab_message messages[2];
  if (worked("decide", jawab_engine_decide(engine, text.data, text.len, context, &decision, &error), error)) {
    compare_decision("decide", expected, decision);
  }
  worked("matcher", jawab_matcher_new(engine, &matcher, &error), error);
  for (int time = 0; time < 2; time++) {
    jawab_status status = jawab_matcher_decide(matcher, text.data, text.len, context, &decision, &error);
    if (worked("decide with a matcher", status, error)) compare_decision("matcher", expected, decision);
    messages[time].text = text;
    messages[time].context = context;
  }
  if (worked("decide many", jawab_engine_decide_many(engine, messages, 2, 2, many, &error), error)) {
    compare_decision("decide many, the first", expected, many[0]);
    compare_decision("decide many, the second", expected, many[1]);
  }
  jawab_matcher_free(matcher);
  jawab_context_free(context);
}

static void explain(jawab_text text, jawab_text facts, jawab_text expected) {
  jawab_context *context = context_of(facts);
  jawab_string *json = NULL;
  jawab_error *error = NULL;
  jawab_status status =
      jawab_engine_explain(engine, text.data, text.len, context, JAWAB_FORMAT_JSON, &json, &error);
  if (worked("explain", status, error)) compare_string("explain", expected, json);
  jawab_context_free(context);
}

static void why_not(jawab_text text, jawab_text facts, jawab_text rule, jawab_text expected) {
  jawab_context *context = context_of(facts);
  jawab_string *json = NULL;
  jawab_error *error = NULL;
  jawab_status status = jawab_engine_why_not(engine, text.data, text.len, context, rule.data, rule.len,
                                             JAWAB_FORMAT_JSON, &json, &error);
  if (worked("why not", status, error)) compare_string("why not", expected, json);
  jawab_context_free(context);
}

static void rule_tests(jawab_text expected) {
  jawab_string *report = NULL;
  jawab_error *error = NULL;
  if (worked("rule tests", jawab_engine_rule_tests(engine, &report, &error), error)) {
    compare_string("rule tests", expected, report);
  }
}

static void score(jawab_text expected) {
  jawab_string *json = NULL;
  jawab_error *error = NULL;
  jawab_status status = jawab_engine_score(engine, sources, sources_len, &json, &error);
  sources_len = 0;
  if (status == JAWAB_STATUS_RULES) {
    compare("problems of scenarios", expected, jawab_error_diagnostics_to_json(error));
    jawab_error_free(error);
  } else if (worked("score", status, error)) {
    compare_string("score", expected, json);
  }
}

static void evaluate(jawab_text expected, const jawab_text *argument, int count) {
  jawab_labelled labelled[ARGUMENTS];
  jawab_context *contexts[ARGUMENTS];
  jawab_string *json = NULL;
  jawab_error *error = NULL;
  size_t len = 0;
  for (int at = 0; at + 2 < count; at += 3, len++) {
    labelled[len].text = argument[at];
    labelled[len].intent = argument[at + 1];
    labelled[len].context = contexts[len] = context_of(argument[at + 2]);
  }
  if (worked("evaluate", jawab_engine_evaluate(engine, labelled, len, &json, &error), error)) {
    compare_string("evaluation", expected, json);
  }
  while (len--) jawab_context_free(contexts[len]);
}

static void converse(jawab_text facts) {
  jawab_context *context = context_of(facts);
  jawab_error *error = NULL;
  jawab_conversation_free(conversation);
  worked("conversation", jawab_conversation_new(engine, context, &conversation, &error), error);
  jawab_context_free(context);
}

static jawab_string *saved(const jawab_conversation *which) {
  jawab_string *state = NULL;
  jawab_error *error = NULL;
  worked("save", jawab_conversation_to_json(which, &state, &error), error);
  return state;
}

static jawab_text text_in(const jawab_string *string) {
  jawab_text text = {NULL, 0};
  jawab_string_text(string, &text, NULL);
  return text;
}

static jawab_conversation *resumed(jawab_text state) {
  jawab_conversation *other = NULL;
  jawab_error *error = NULL;
  worked("resume", jawab_engine_resume(engine, state.data, state.len, &other, &error), error);
  return other;
}

// Messages that come as a burst, or one alone; also in the conversation as it was saved and resumed.
static void turn(jawab_text expected, const jawab_text *argument, int count) {
  jawab_message messages[ARGUMENTS];
  jawab_context *contexts[ARGUMENTS];
  jawab_decision *decision = NULL;
  jawab_error *error = NULL;
  jawab_string *state = saved(conversation), *other_state;
  jawab_conversation *other = resumed(text_in(state));
  size_t len = 0;
  for (int at = 0; at + 1 < count; at += 2, len++) {
    messages[len].text = argument[at];
    messages[len].context = contexts[len] = context_of(argument[at + 1]);
  }
  jawab_string_free(state);
  if (len == 1) {
    jawab_status status = jawab_conversation_decide(conversation, messages[0].text.data, messages[0].text.len,
                                                    contexts[0], &decision, &error);
    if (worked("turn", status, error)) compare_decision("turn", expected, decision);
  } else if (worked("burst", jawab_conversation_decide_burst(conversation, messages, len, &decision, &error), error)) {
    compare_decision("burst", expected, decision);
  }
  if (worked("resumed", jawab_conversation_decide_burst(other, messages, len, &decision, &error), error)) {
    compare_decision("resumed", expected, decision);
  }
  state = saved(conversation);
  other_state = saved(other);
  compare("states", text_in(state), text_in(other_state));
  jawab_string_free(state);
  jawab_string_free(other_state);
  jawab_conversation_free(other);
  while (len--) jawab_context_free(contexts[len]);
}

// Goes on with a state, with the conversation's own where it is empty.
static void resume(jawab_text state) {
  jawab_string *own = state.len ? NULL : saved(conversation);
  jawab_conversation *other = resumed(own ? text_in(own) : state);
  jawab_string_free(own);
  jawab_conversation_free(conversation);
  conversation = other;
}

static void refuse_state(jawab_text state, jawab_text message) {
  jawab_conversation *other = NULL;
  jawab_error *error = NULL;
  jawab_status status = jawab_engine_resume(engine, state.data, state.len, &other, &error);
  if (status != JAWAB_STATUS_STATE || other || jawab_error_diagnostics_len(error)) {
    fail("refuse-state", message, text_of("another end", 11));
  }
  compare("refused state", message, jawab_error_message(error));
  jawab_error_free(error);
  jawab_conversation_free(other);
}

// Does one record; 0 where the verb is unknown or has another number of arguments.
static int act(jawab_text verb, const jawab_text *argument, int count) {
  if (is(verb, "case") && count == 1) {
    forget();
    cases++;
    case_name = argument[0].data;
    case_name_len = (int)argument[0].len;
  } else if (is(verb, "source") && count == 2 && sources_len < SOURCES) {
    sources[sources_len].name = argument[0];
    sources[sources_len++].text = argument[1];
  } else if (is(verb, "limits") && count == 1) {
    set_limits(argument[0]);
  } else if (is(verb, "load") && count == 2) {
    load(argument[0], argument[1]);
  } else if (is(verb, "refuse") && count == 2) {
    refuse(argument[0], argument[1]);
  } else if (is(verb, "settings") && count == 3) {
    settings(argument[0], argument[1], argument[2]);
  } else if (is(verb, "decide") && count == 3) {
    decide(argument[0], argument[1], argument[2]);
  } else if (is(verb, "explain") && count == 3) {
    explain(argument[0], argument[1], argument[2]);
  } else if (is(verb, "why-not") && count == 4) {
    why_not(argument[0], argument[1], argument[2], argument[3]);
  } else if (is(verb, "rule-tests") && count == 1) {
    rule_tests(argument[0]);
  } else if (is(verb, "score") && count == 1) {
    score(argument[0]);
  } else if (is(verb, "evaluate") && count % 3 == 1) {
    evaluate(argument[0], argument + 1, count - 1);
  } else if (is(verb, "converse") && count == 1) {
    converse(argument[0]);
  } else if (is(verb, "turn") && count > 2 && count % 2 == 1) {
    turn(argument[0], argument + 1, count - 1);
  } else if (is(verb, "save") && count == 1) {
    compare_string("saved", argument[0], saved(conversation));
  } else if (is(verb, "resume") && count == 1) {
    resume(argument[0]);
  } else if (is(verb, "refuse-state") && count == 2) {
    refuse_state(argument[0], argument[1]);
  } else {
    return 0;
  }
  return 1;
}

// Reads records until `end`; gives the number of cases that it tells, -1 where the file breaks off.
static long run(const char *at, const char *end) {
  while (at < end) {
    jawab_text argument[ARGUMENTS], verb;
    int count = 0;
    const char *space = (const char *)memchr(at, ' ', (size_t)(end - at));
    if (!space) return -1;
    verb = text_of(at, (size_t)(space - at));
    for (at = space + 1; at < end && *at != '\n'; count++) {
      char *colon;
      unsigned long len = strtoul(at, &colon, 10);
      if (count == ARGUMENTS || *colon != ':' || len >= (size_t)(end - colon)) return -1;
      argument[count] = text_of(colon + 1, len);
      at = colon + 1 + len + 1;
    }
    at++;
    if (is(verb, "end") && count == 1) return number(argument[0]);
    if (!act(verb, argument, count)) fail("cannot be run", text_of("known", 5), verb);
  }
  return -1;
}

static char *read_file(const char *path, size_t *len) {
  FILE *file = fopen(path, "rb");
  char *bytes = NULL;
  size_t space = 0;
  *len = 0;
  if (!file) return NULL;
  do {
    char *more = (char *)realloc(bytes, space += 1 << 20);
    if (!more) break;
    bytes = more;
    *len += fread(bytes + *len, 1, space - 1 - *len, file);
  } while (*len == space - 1);
  fclose(file);
  if (bytes) bytes[*len] = 0;
  return bytes;
}

int main(int argc, char **argv) {
  size_t len = 0;
  char *bytes = argc == 2 ? read_file(argv[1], &len) : NULL;
  long told;
  if (!bytes || jawab_abi_version() != JAWAB_ABI_VERSION) {
    fprintf(stderr, "usage: suite FILE, with the library of this header\n");
    return 2;
  }
  told = run(bytes, bytes + len);
  forget();
  free(bytes);
  printf("%lu conformance cases in C, %lu failures\n", (unsigned long)cases, (unsigned long)failures);
  return failures == 0 && told > 0 && (size_t)told == cases ? 0 : 1;
}
