// Every function used wrongly: a status and a message, and nothing behind the out-parameters.

#include "check.h"

#include <stdint.h>

// A call that must fail with this status, whether or not it may give an error; `part` stands in the message.
#define REFUSED(...) REFUSED_WITH(__VA_ARGS__)
#define REFUSED_WITH(wanted, part, function, ...)                                                            \
  do {                                                                                                       \
    jawab_error *error = NULL;                                                                               \
    jawab_status status = function(__VA_ARGS__, &error);                                                     \
    if (status != (wanted) || jawab_error_status(error) != (wanted) ||                                       \
        !holds(jawab_error_message(error), part)) {                                                          \
      jawab_text message = jawab_error_message(error);                                                       \
      failures++;                                                                                            \
      fprintf(stderr, "%s:%d: %s gives %d: %.*s\n", __FILE__, __LINE__, #function, (int)status,              \
              (int)message.len, message.data ? message.data : "");                                           \
    }                                                                                                        \
    jawab_error_free(error);                                                                                 \
    CHECK(function(__VA_ARGS__, NULL) == (wanted));                                                          \
  } while (0)

#define NULL_POINTER JAWAB_STATUS_NULL_POINTER, "is NULL"
#define OUT_OF_RANGE JAWAB_STATUS_OUT_OF_RANGE, "there is no"
#define WRONG_LENGTH JAWAB_STATUS_INVALID_LENGTH, "cannot have a length"
#define WRONG_UTF8 JAWAB_STATUS_INVALID_UTF8, "is not UTF-8"

static const char RULES[] = "jawab: 1\n"
                            "language: en\n"
                            "intents:\n"
                            "  refund: {any: refund, handoff: {collect: [amount], tags: [money]}}\n"
                            "  coin: {any: heads or tails, handoff: {}}\n"
                            "  dice: {any: heads or tails, handoff: {}}\n";
static const char BAD[] = "\xff\xfe";

// What nothing must be behind after a failed call: an address that is none.
#define GARBAGE(type) ((type *)(uintptr_t)1)

static void contexts(void) {
  jawab_context *context = GARBAGE(jawab_context);
  REFUSED(NULL_POINTER, jawab_context_new, NULL);
  REFUSED(JAWAB_STATUS_INVALID_JSON, "no JSON object", jawab_context_from_json, TEXT("[1]"), &context);
  CHECK(context == NULL);
  REFUSED(JAWAB_STATUS_INVALID_JSON, "no JSON object", jawab_context_from_json, TEXT("{\"a\":"), &context);
  REFUSED(JAWAB_STATUS_INVALID_JSON, "no JSON object", jawab_context_from_json, NULL, 0, &context);
  REFUSED(WRONG_UTF8, jawab_context_from_json, TEXT(BAD), &context);
  REFUSED(NULL_POINTER, jawab_context_from_json, NULL, 3, &context);
  REFUSED(WRONG_LENGTH, jawab_context_from_json, "{}", SIZE_MAX, &context);
  REFUSED(NULL_POINTER, jawab_context_from_json, TEXT("{}"), NULL);
  REFUSED(NULL_POINTER, jawab_context_set_text, NULL, TEXT("a"), TEXT("b"));
  REFUSED(NULL_POINTER, jawab_context_set_json, NULL, TEXT("a"), TEXT("1"));
  WORKS(jawab_context_new, &context);
  REFUSED(WRONG_UTF8, jawab_context_set_text, context, TEXT("a"), TEXT(BAD));
  REFUSED(WRONG_UTF8, jawab_context_set_text, context, TEXT(BAD), TEXT("b"));
  REFUSED(NULL_POINTER, jawab_context_set_text, context, NULL, 1, TEXT("b"));
  REFUSED(WRONG_UTF8, jawab_context_set_json, context, TEXT(BAD), TEXT("1"));
  REFUSED(WRONG_UTF8, jawab_context_set_json, context, TEXT("a"), TEXT(BAD));
  REFUSED(JAWAB_STATUS_INVALID_JSON, "no JSON", jawab_context_set_json, context, TEXT("a"), TEXT("NaN"));
  REFUSED(JAWAB_STATUS_INVALID_JSON, "no JSON", jawab_context_set_json, context, TEXT("a"), NULL, 0);
  REFUSED(WRONG_LENGTH, jawab_context_set_json, context, "a", SIZE_MAX, TEXT("1"));
  jawab_context_free(context);
  jawab_context_free(NULL);
}

static void rule_sets(void) {
  jawab_rule_set *rules = GARBAGE(jawab_rule_set);
  jawab_limits *limits = GARBAGE(jawab_limits);
  jawab_diagnostic warning;
  jawab_string *json = GARBAGE(jawab_string);
  jawab_text text;
  jawab_source source;
  size_t len = 7;
  source.name = text_of("a.yaml");
  source.text = text_of(RULES);
  REFUSED(JAWAB_STATUS_IO, "cannot be read", jawab_rule_set_from_path, TEXT("no/such/path"), &rules);
  CHECK(rules == NULL);
  REFUSED(WRONG_UTF8, jawab_rule_set_from_path, TEXT(BAD), &rules);
  REFUSED(NULL_POINTER, jawab_rule_set_from_path, NULL, 1, &rules);
  REFUSED(NULL_POINTER, jawab_rule_set_from_path, TEXT("rules"), NULL);
  REFUSED(JAWAB_STATUS_RULES, "invalid-utf8", jawab_rule_set_from_yaml, TEXT("a.yaml"), TEXT(BAD), &rules);
  REFUSED(JAWAB_STATUS_RULES, "missing-version", jawab_rule_set_from_yaml, TEXT("a.yaml"), TEXT("faq: {}"), &rules);
  REFUSED(JAWAB_STATUS_RULES, "no-rules", jawab_rule_set_from_yaml, NULL, 0, NULL, 0, &rules);
  REFUSED(WRONG_UTF8, jawab_rule_set_from_yaml, TEXT(BAD), TEXT(RULES), &rules);
  REFUSED(WRONG_LENGTH, jawab_rule_set_from_yaml, TEXT("a.yaml"), RULES, SIZE_MAX, &rules);
  REFUSED(NULL_POINTER, jawab_rule_set_from_yaml, TEXT("a.yaml"), NULL, 9, &rules);
  REFUSED(NULL_POINTER, jawab_rule_set_from_yaml, TEXT("a.yaml"), TEXT(RULES), NULL);
  REFUSED(NULL_POINTER, jawab_rule_set_from_sources, NULL, 1, NULL, &rules);
  REFUSED(JAWAB_STATUS_RULES, "no-rules", jawab_rule_set_from_sources, NULL, 0, NULL, &rules);
  REFUSED(WRONG_LENGTH, jawab_rule_set_from_sources, &source, SIZE_MAX, NULL, &rules);
  REFUSED(WRONG_LENGTH, jawab_rule_set_from_sources, &source, SIZE_MAX / sizeof source, NULL, &rules);
  REFUSED(NULL_POINTER, jawab_rule_set_from_sources, &source, 1, NULL, NULL);
  source.name.data = NULL;
  REFUSED(NULL_POINTER, jawab_rule_set_from_sources, &source, 1, NULL, &rules);
  source.name = text_of(BAD);
  REFUSED(WRONG_UTF8, jawab_rule_set_from_sources, &source, 1, NULL, &rules);
#define NO_LIMITS JAWAB_STATUS_INVALID_JSON, "no JSON object of limits"
  REFUSED(NO_LIMITS, jawab_limits_from_json, TEXT("{\"rulez\": 2}"), &limits);
  CHECK(limits == NULL);
  REFUSED(NO_LIMITS, jawab_limits_from_json, TEXT("{\"rules\": -1}"), &limits);
  REFUSED(NO_LIMITS, jawab_limits_from_json, TEXT("2"), &limits);
  REFUSED(NO_LIMITS, jawab_limits_from_json, NULL, 0, &limits);
  REFUSED(WRONG_UTF8, jawab_limits_from_json, TEXT(BAD), &limits);
  REFUSED(NULL_POINTER, jawab_limits_from_json, NULL, 2, &limits);
  REFUSED(WRONG_LENGTH, jawab_limits_from_json, "{}", SIZE_MAX, &limits);
  REFUSED(NULL_POINTER, jawab_limits_from_json, TEXT("{}"), NULL);
  WORKS(jawab_limits_from_json, TEXT("{\"rules\": 2}"), &limits);
  source.name = text_of("a.yaml");
  REFUSED(JAWAB_STATUS_RULES, "3 rules", jawab_rule_set_from_sources, &source, 1, limits, &rules);
  jawab_limits_free(limits);
  jawab_limits_free(NULL);
  REFUSED(NULL_POINTER, jawab_rule_set_warnings_len, NULL, &len);
  CHECK(len == 0);
  REFUSED(NULL_POINTER, jawab_rule_set_warning, NULL, 0, &warning);
  REFUSED(NULL_POINTER, jawab_rule_set_warnings_to_json, NULL, &json);
  CHECK(json == NULL);
  REFUSED(NULL_POINTER, jawab_rule_set_rules_to_json, NULL, &json);
  REFUSED(NULL_POINTER, jawab_rule_set_settings_to_json, NULL, &json);
  REFUSED(NULL_POINTER, jawab_rule_set_fingerprint, NULL, &text);
  CHECK(text.data == NULL && text.len == 0);
  WORKS(jawab_rule_set_from_yaml, TEXT("a.yaml"), TEXT(RULES), &rules);
  REFUSED(NULL_POINTER, jawab_rule_set_warnings_len, rules, NULL);
  REFUSED(OUT_OF_RANGE, jawab_rule_set_warning, rules, 0, &warning);
  REFUSED(NULL_POINTER, jawab_rule_set_warning, rules, 0, NULL);
  REFUSED(NULL_POINTER, jawab_rule_set_warnings_to_json, rules, NULL);
  REFUSED(NULL_POINTER, jawab_rule_set_rules_to_json, rules, NULL);
  REFUSED(NULL_POINTER, jawab_rule_set_settings_to_json, rules, NULL);
  REFUSED(NULL_POINTER, jawab_rule_set_fingerprint, rules, NULL);
  jawab_rule_set_free(rules);
  jawab_rule_set_free(NULL);
}

static void engines(const jawab_engine *engine) {
  jawab_rule_set *rules = GARBAGE(jawab_rule_set);
  jawab_engine *other = GARBAGE(jawab_engine);
  jawab_settings settings;
  REFUSED(NULL_POINTER, jawab_engine_new, NULL, &other);
  CHECK(other == NULL);
  REFUSED(NULL_POINTER, jawab_engine_new, rules, NULL);
  REFUSED(JAWAB_STATUS_IO, "cannot be read", jawab_engine_from_path, TEXT("no/such/path"), &other);
  REFUSED(WRONG_UTF8, jawab_engine_from_path, TEXT(BAD), &other);
  REFUSED(NULL_POINTER, jawab_engine_from_path, TEXT("rules"), NULL);
  REFUSED(NULL_POINTER, jawab_engine_rules, NULL, &rules);
  CHECK(rules == NULL);
  REFUSED(NULL_POINTER, jawab_engine_rules, engine, NULL);
  REFUSED(NULL_POINTER, jawab_engine_settings, NULL, &settings);
  REFUSED(NULL_POINTER, jawab_engine_settings, engine, NULL);
  WORKS(jawab_engine_settings, engine, &settings);
  REFUSED(NULL_POINTER, jawab_engine_with_settings, NULL, &settings, &other);
  REFUSED(NULL_POINTER, jawab_engine_with_settings, engine, NULL, &other);
  REFUSED(NULL_POINTER, jawab_engine_with_settings, engine, &settings, NULL);
  settings.threshold = 1.5;
  REFUSED(JAWAB_STATUS_OUT_OF_RANGE, "`threshold` is from 0 to 1", jawab_engine_with_settings, engine, &settings, &other);
  settings.threshold = 1e308 * 10 - 1e308 * 10;
  REFUSED(JAWAB_STATUS_OUT_OF_RANGE, "`threshold` is from 0 to 1", jawab_engine_with_settings, engine, &settings, &other);
  settings.threshold = 0.5;
  settings.margin = -0.1;
  REFUSED(JAWAB_STATUS_OUT_OF_RANGE, "`margin` is from 0 to 1", jawab_engine_with_settings, engine, &settings, &other);
  settings.margin = 0.1;
  settings.clarify = 7;
  REFUSED(JAWAB_STATUS_OUT_OF_RANGE, "`clarify` is 0 or 1", jawab_engine_with_settings, engine, &settings, &other);
  CHECK(other == NULL);
  jawab_engine_free(other);
}

static void deciding(const jawab_engine *engine) {
  jawab_decision *decision = GARBAGE(jawab_decision), *many[2];
  jawab_matcher *matcher = GARBAGE(jawab_matcher);
  jawab_message messages[2];
  REFUSED(NULL_POINTER, jawab_engine_decide, NULL, TEXT("refund"), NULL, &decision);
  CHECK(decision == NULL);
  REFUSED(NULL_POINTER, jawab_engine_decide, engine, NULL, 6, NULL, &decision);
  REFUSED(WRONG_UTF8, jawab_engine_decide, engine, TEXT(BAD), NULL, &decision);
  REFUSED(WRONG_UTF8, jawab_engine_decide, engine, "\xe6\x80\x8e", 2, NULL, &decision);
  REFUSED(WRONG_LENGTH, jawab_engine_decide, engine, "refund", SIZE_MAX, NULL, &decision);
  REFUSED(NULL_POINTER, jawab_engine_decide, engine, TEXT("refund"), NULL, NULL);
  REFUSED(NULL_POINTER, jawab_matcher_new, NULL, &matcher);
  CHECK(matcher == NULL);
  REFUSED(NULL_POINTER, jawab_matcher_new, engine, NULL);
  REFUSED(NULL_POINTER, jawab_matcher_decide, NULL, TEXT("refund"), NULL, &decision);
  WORKS(jawab_matcher_new, engine, &matcher);
  REFUSED(WRONG_UTF8, jawab_matcher_decide, matcher, TEXT(BAD), NULL, &decision);
  REFUSED(WRONG_LENGTH, jawab_matcher_decide, matcher, "refund", SIZE_MAX, NULL, &decision);
  REFUSED(NULL_POINTER, jawab_matcher_decide, matcher, TEXT("refund"), NULL, NULL);
  jawab_matcher_free(matcher);
  jawab_matcher_free(NULL);
  messages[0].text = text_of("refund");
  messages[0].context = NULL;
  messages[1] = messages[0];
  messages[1].text = text_of(BAD);
  many[0] = many[1] = GARBAGE(jawab_decision);
  REFUSED(WRONG_UTF8, jawab_engine_decide_many, engine, messages, 2, 1, many);
  CHECK(many[0] == NULL && many[1] == NULL);
  REFUSED(NULL_POINTER, jawab_engine_decide_many, NULL, messages, 1, 1, many);
  many[0] = many[1] = GARBAGE(jawab_decision);
  REFUSED(NULL_POINTER, jawab_engine_decide_many, engine, NULL, 2, 1, many);
  CHECK(many[0] == NULL && many[1] == NULL);
  REFUSED(NULL_POINTER, jawab_engine_decide_many, engine, messages, 1, 1, NULL);
  REFUSED(WRONG_LENGTH, jawab_engine_decide_many, engine, messages, SIZE_MAX, 1, many);
  messages[1].text.data = NULL;
  REFUSED(NULL_POINTER, jawab_engine_decide_many, engine, messages, 2, 1, many);
}

static void conversations(const jawab_engine *engine) {
  static const char damaged[] = "{\"version\":1,\"rules\":\"b3:0\",\"turn\":-1}", other[] = "{\"version\":9}";
  jawab_conversation *conversation = GARBAGE(jawab_conversation);
  jawab_decision *decision = GARBAGE(jawab_decision);
  jawab_string *state = GARBAGE(jawab_string);
  jawab_message messages[2];
  REFUSED(NULL_POINTER, jawab_conversation_new, NULL, NULL, &conversation);
  CHECK(conversation == NULL);
  REFUSED(NULL_POINTER, jawab_conversation_new, engine, NULL, NULL);
  conversation = GARBAGE(jawab_conversation);
  REFUSED(JAWAB_STATUS_STATE, "this is no state", jawab_engine_resume, engine, NULL, 0, &conversation);
  CHECK(conversation == NULL);
  REFUSED(JAWAB_STATUS_STATE, "this is no state", jawab_engine_resume, engine, TEXT("[]"), &conversation);
  REFUSED(JAWAB_STATUS_STATE, "the state is damaged", jawab_engine_resume, engine, TEXT(damaged), &conversation);
  REFUSED(JAWAB_STATUS_STATE, "version 9", jawab_engine_resume, engine, TEXT(other), &conversation);
  REFUSED(WRONG_UTF8, jawab_engine_resume, engine, TEXT(BAD), &conversation);
  REFUSED(NULL_POINTER, jawab_engine_resume, engine, NULL, 2, &conversation);
  REFUSED(WRONG_LENGTH, jawab_engine_resume, engine, "{}", SIZE_MAX, &conversation);
  REFUSED(NULL_POINTER, jawab_engine_resume, NULL, TEXT("{}"), &conversation);
  REFUSED(NULL_POINTER, jawab_engine_resume, engine, TEXT("{}"), NULL);
  REFUSED(NULL_POINTER, jawab_conversation_decide, NULL, TEXT("refund"), NULL, &decision);
  CHECK(decision == NULL);
  messages[0].text = text_of("refund");
  messages[0].context = NULL;
  messages[1] = messages[0];
  messages[1].text = text_of(BAD);
  decision = GARBAGE(jawab_decision);
  REFUSED(NULL_POINTER, jawab_conversation_decide_burst, NULL, messages, 1, &decision);
  CHECK(decision == NULL);
  REFUSED(NULL_POINTER, jawab_conversation_to_json, NULL, &state);
  CHECK(state == NULL);
  WORKS(jawab_conversation_new, engine, NULL, &conversation);
  REFUSED(WRONG_UTF8, jawab_conversation_decide, conversation, TEXT(BAD), NULL, &decision);
  REFUSED(NULL_POINTER, jawab_conversation_decide, conversation, NULL, 1, NULL, &decision);
  REFUSED(WRONG_LENGTH, jawab_conversation_decide, conversation, "refund", SIZE_MAX, NULL, &decision);
  REFUSED(NULL_POINTER, jawab_conversation_decide, conversation, TEXT("refund"), NULL, NULL);
  REFUSED(WRONG_UTF8, jawab_conversation_decide_burst, conversation, messages, 2, &decision);
  REFUSED(NULL_POINTER, jawab_conversation_decide_burst, conversation, NULL, 1, &decision);
  REFUSED(WRONG_LENGTH, jawab_conversation_decide_burst, conversation, messages, SIZE_MAX, &decision);
  REFUSED(NULL_POINTER, jawab_conversation_decide_burst, conversation, messages, 1, NULL);
  REFUSED(NULL_POINTER, jawab_conversation_to_json, conversation, NULL);
  // What was refused is not remembered.
  WORKS(jawab_conversation_to_json, conversation, &state);
  jawab_text text;
  WORKS(jawab_string_text, state, &text);
  CHECK(holds(text, "\"turn\":0") && !holds(text, "messages"));
  jawab_string_free(state);
  jawab_conversation_free(conversation);
  jawab_conversation_free(NULL);
}

static void asking(const jawab_engine *engine) {
  jawab_string *string = GARBAGE(jawab_string);
  jawab_source source;
  jawab_labelled labelled;
  jawab_text text;
  source.name = text_of("s.yaml");
  source.text = text_of("jawab: 1\nmessages: {nowhere: [hello]}\n");
  REFUSED(NULL_POINTER, jawab_engine_explain, NULL, TEXT("refund"), NULL, JAWAB_FORMAT_JSON, &string);
  CHECK(string == NULL);
  REFUSED(WRONG_UTF8, jawab_engine_explain, engine, TEXT(BAD), NULL, JAWAB_FORMAT_JSON, &string);
  REFUSED(JAWAB_STATUS_OUT_OF_RANGE, "`format`", jawab_engine_explain, engine, TEXT("refund"), NULL, 2, &string);
  REFUSED(NULL_POINTER, jawab_engine_explain, engine, TEXT("refund"), NULL, JAWAB_FORMAT_JSON, NULL);
  REFUSED(NULL_POINTER, jawab_engine_why_not, NULL, TEXT("a"), NULL, TEXT("coin"), JAWAB_FORMAT_JSON, &string);
  REFUSED(WRONG_UTF8, jawab_engine_why_not, engine, TEXT(BAD), NULL, TEXT("coin"), JAWAB_FORMAT_JSON, &string);
  REFUSED(WRONG_UTF8, jawab_engine_why_not, engine, TEXT("a"), NULL, TEXT(BAD), JAWAB_FORMAT_JSON, &string);
  REFUSED(NULL_POINTER, jawab_engine_why_not, engine, TEXT("a"), NULL, NULL, 4, JAWAB_FORMAT_JSON, &string);
  REFUSED(JAWAB_STATUS_OUT_OF_RANGE, "`format`", jawab_engine_why_not, engine, TEXT("a"), NULL, TEXT("coin"), -1, &string);
  REFUSED(NULL_POINTER, jawab_engine_why_not, engine, TEXT("a"), NULL, TEXT("coin"), JAWAB_FORMAT_TEXT, NULL);
  REFUSED(NULL_POINTER, jawab_engine_rule_tests, NULL, &string);
  REFUSED(NULL_POINTER, jawab_engine_rule_tests, engine, NULL);
  REFUSED(NULL_POINTER, jawab_engine_score, NULL, &source, 1, &string);
  REFUSED(NULL_POINTER, jawab_engine_score, engine, NULL, 1, &string);
  REFUSED(JAWAB_STATUS_RULES, "unknown-rule", jawab_engine_score, engine, &source, 1, &string);
  REFUSED(NULL_POINTER, jawab_engine_score, engine, &source, 1, NULL);
  labelled.text = text_of("refund");
  labelled.intent = text_of(BAD);
  labelled.context = NULL;
  REFUSED(NULL_POINTER, jawab_engine_evaluate, NULL, &labelled, 1, &string);
  REFUSED(NULL_POINTER, jawab_engine_evaluate, engine, NULL, 1, &string);
  REFUSED(WRONG_UTF8, jawab_engine_evaluate, engine, &labelled, 1, &string);
  REFUSED(WRONG_LENGTH, jawab_engine_evaluate, engine, &labelled, SIZE_MAX, &string);
  labelled.intent = text_of("refund");
  REFUSED(NULL_POINTER, jawab_engine_evaluate, engine, &labelled, 1, NULL);
  REFUSED(WRONG_UTF8, jawab_mask, TEXT(BAD), JAWAB_FORMAT_TEXT, &string);
  REFUSED(NULL_POINTER, jawab_mask, NULL, 1, JAWAB_FORMAT_TEXT, &string);
  REFUSED(JAWAB_STATUS_OUT_OF_RANGE, "`format`", jawab_mask, TEXT("a"), 9, &string);
  REFUSED(NULL_POINTER, jawab_mask, TEXT("a"), JAWAB_FORMAT_TEXT, NULL);
  REFUSED(NULL_POINTER, jawab_string_text, NULL, &text);
  WORKS(jawab_engine_explain, engine, TEXT("refund"), NULL, JAWAB_FORMAT_TEXT, &string);
  REFUSED(NULL_POINTER, jawab_string_text, string, NULL);
  jawab_string_free(string);
  jawab_string_free(NULL);
}

static void decisions(const jawab_engine *engine) {
  jawab_decision *decision = NULL;
  jawab_candidate candidate;
  jawab_option option;
  jawab_slot slot;
  jawab_text text;
  int32_t action = 7;
  double number = 7;
  size_t len = 7;
  REFUSED(NULL_POINTER, jawab_decision_action, NULL, &action);
  REFUSED(NULL_POINTER, jawab_decision_field, NULL, JAWAB_FIELD_TEXT, &text);
  REFUSED(NULL_POINTER, jawab_decision_number, NULL, JAWAB_NUMBER_LEVEL, &number);
  REFUSED(NULL_POINTER, jawab_decision_len, NULL, JAWAB_LIST_SLOTS, &len);
  CHECK(action == 0 && number == 0 && len == 0 && text.data == NULL);
  REFUSED(NULL_POINTER, jawab_decision_candidate, NULL, 0, &candidate);
  REFUSED(NULL_POINTER, jawab_decision_option, NULL, 0, &option);
  REFUSED(NULL_POINTER, jawab_decision_slot, NULL, JAWAB_LIST_SLOTS, 0, &slot);
  REFUSED(NULL_POINTER, jawab_decision_name, NULL, JAWAB_LIST_TAGS, 0, &text);
  REFUSED(NULL_POINTER, jawab_decision_to_json, NULL, &text);
  WORKS(jawab_engine_decide, engine, TEXT("refund"), NULL, &decision);
  REFUSED(NULL_POINTER, jawab_decision_action, decision, NULL);
  REFUSED(OUT_OF_RANGE, jawab_decision_field, decision, -1, &text);
  REFUSED(OUT_OF_RANGE, jawab_decision_field, decision, 1000, &text);
  REFUSED(OUT_OF_RANGE, jawab_decision_number, decision, 1000, &number);
  REFUSED(OUT_OF_RANGE, jawab_decision_len, decision, INT32_MIN, &len);
  REFUSED(OUT_OF_RANGE, jawab_decision_candidate, decision, 1, &candidate);
  REFUSED(OUT_OF_RANGE, jawab_decision_option, decision, 0, &option);
  REFUSED(OUT_OF_RANGE, jawab_decision_slot, decision, JAWAB_LIST_SLOTS, 0, &slot);
  REFUSED(JAWAB_STATUS_OUT_OF_RANGE, "no list of slots", jawab_decision_slot, decision, JAWAB_LIST_TAGS, 0, &slot);
  REFUSED(OUT_OF_RANGE, jawab_decision_name, decision, JAWAB_LIST_TAGS, SIZE_MAX, &text);
  REFUSED(JAWAB_STATUS_OUT_OF_RANGE, "no list of names", jawab_decision_name, decision, JAWAB_LIST_SLOTS, 0, &text);
  REFUSED(NULL_POINTER, jawab_decision_to_json, decision, NULL);
  jawab_decision_free(decision);
  jawab_decision_free(NULL);
}

// Errors themselves: what is asked of none is nothing.
static void errors(void) {
  jawab_diagnostic diagnostic;
  jawab_rule_set *rules = NULL;
  jawab_error *error = NULL;
  CHECK(jawab_error_status(NULL) == JAWAB_STATUS_OK);
  CHECK(jawab_error_message(NULL).data == NULL);
  CHECK(jawab_error_diagnostics_len(NULL) == 0);
  CHECK(jawab_error_diagnostics_to_json(NULL).data == NULL);
  CHECK(jawab_error_diagnostic(NULL, 0, &diagnostic) == JAWAB_STATUS_NULL_POINTER);
  CHECK(diagnostic.code.data == NULL && diagnostic.line == 0);
  jawab_error_free(NULL);
  jawab_rule_set_from_yaml(TEXT("a.yaml"), TEXT("jawab: 1\nfaq: {}\n"), &rules, &error);
  CHECK(jawab_error_diagnostic(error, jawab_error_diagnostics_len(error), &diagnostic) == JAWAB_STATUS_OUT_OF_RANGE);
  CHECK(jawab_error_diagnostic(error, 0, NULL) == JAWAB_STATUS_NULL_POINTER);
  jawab_error_free(error);
}

// A program that does not look at a status goes on with NULL, and is told so by every further call.
static void used_after_a_failed_call(void) {
  jawab_engine *engine = GARBAGE(jawab_engine);
  jawab_decision *decision = GARBAGE(jawab_decision);
  jawab_text text;
  jawab_engine_from_path(TEXT("no/such/path"), &engine, NULL);
  REFUSED(NULL_POINTER, jawab_engine_decide, engine, TEXT("refund"), NULL, &decision);
  REFUSED(NULL_POINTER, jawab_decision_to_json, decision, &text);
  jawab_decision_free(decision);
  jawab_engine_free(engine);
}

int main(void) {
  jawab_rule_set *rules = NULL;
  jawab_engine *engine = NULL;
  WORKS(jawab_rule_set_from_yaml, TEXT("a.yaml"), TEXT(RULES), &rules);
  WORKS(jawab_engine_new, rules, &engine);
  jawab_rule_set_free(rules);
  CHECK(jawab_abi_version() == JAWAB_ABI_VERSION);
  contexts();
  rule_sets();
  engines(engine);
  deciding(engine);
  conversations(engine);
  asking(engine);
  decisions(engine);
  errors();
  used_after_a_failed_call();
  jawab_engine_free(engine);
  return failures != 0;
}
