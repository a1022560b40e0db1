// The library as a program uses it: what is asked of a decision, and what lives how long.

#include "check.h"

#include <stdlib.h>

static const char RULES[] = "jawab: 1\n"
                            "language: id\n"
                            "settings: {threshold: 0.6, fallback: {say: {id: Sebentar, en: One moment}}}\n"
                            "teams: {finance: {respond_within: 1m, update_every: 5m, resolve_within: 10m}}\n"
                            "vocabulary: {lists: {bank: {bca: [bca, klik bca]}}}\n"
                            "faq:\n"
                            "  hours: {questions: [jam buka kapan], answer: 'Setiap hari, {{ name }}.'}\n"
                            "intents:\n"
                            "  missing:\n"
                            "    title: Deposit belum masuk\n"
                            "    any: 'transfer {amount} ke {bank} belum masuk'\n"
                            "    handoff: {team: finance, priority: high, level: 2, reason: not-credited,\n"
                            "      collect: [amount, reference], say: Kami cek., tags: [uang]}\n"
                            "  vip: {any: tolong, when: {tier: gold, age: '>17', known: true}, answer: Siap.}\n"
                            "  coin: {any: kepala atau ekor, title: Koin, handoff: {}}\n"
                            "  dice: {any: kepala atau ekor, handoff: {}}\n";

static jawab_engine *engine_of(const char *yaml) {
  jawab_rule_set *rules = NULL;
  jawab_engine *engine = NULL;
  WORKS(jawab_rule_set_from_yaml, TEXT("desk.yaml"), yaml, strlen(yaml), &rules);
  WORKS(jawab_engine_new, rules, &engine);
  jawab_rule_set_free(rules);
  return engine;
}

static jawab_decision *decide(const jawab_engine *engine, const char *text, const jawab_context *context) {
  jawab_decision *decision = NULL;
  WORKS(jawab_engine_decide, engine, text, strlen(text), context, &decision);
  return decision;
}

static jawab_text field(const jawab_decision *decision, int32_t which) {
  jawab_text text;
  WORKS(jawab_decision_field, decision, which, &text);
  return text;
}

static double number(const jawab_decision *decision, int32_t which) {
  double value = 0;
  WORKS(jawab_decision_number, decision, which, &value);
  return value;
}

static size_t len(const jawab_decision *decision, int32_t list) {
  size_t value = 0;
  WORKS(jawab_decision_len, decision, list, &value);
  return value;
}

static int32_t action(const jawab_decision *decision) {
  int32_t value = -1;
  WORKS(jawab_decision_action, decision, &value);
  return value;
}

static void a_handoff_tells_all_it_holds(const jawab_engine *engine) {
  jawab_decision *decision = decide(engine, "transfer 50rb ke klik bca belum masuk", NULL);
  jawab_slot slot;
  jawab_candidate candidate;
  jawab_text name;
  CHECK(action(decision) == JAWAB_ACTION_HANDOFF);
  CHECK(is(field(decision, JAWAB_FIELD_RULE), "missing"));
  CHECK(is(field(decision, JAWAB_FIELD_TEXT), "Kami cek."));
  CHECK(is(field(decision, JAWAB_FIELD_REASON), "not-credited"));
  CHECK(is(field(decision, JAWAB_FIELD_LANGUAGE), "id"));
  CHECK(is(field(decision, JAWAB_FIELD_TEAM), "finance"));
  CHECK(is(field(decision, JAWAB_FIELD_SUBJECT), "Deposit belum masuk"));
  CHECK(holds(field(decision, JAWAB_FIELD_RULES), "b3:"));
  CHECK(number(decision, JAWAB_NUMBER_CONFIDENCE) == 0.99);
  CHECK(number(decision, JAWAB_NUMBER_LEVEL) == 2);
  CHECK(number(decision, JAWAB_NUMBER_PRIORITY) == JAWAB_PRIORITY_HIGH);
  CHECK(number(decision, JAWAB_NUMBER_RESPOND_WITHIN) == 60);
  CHECK(number(decision, JAWAB_NUMBER_UPDATE_EVERY) == 300);
  CHECK(number(decision, JAWAB_NUMBER_RESOLVE_WITHIN) == 600);
  CHECK(len(decision, JAWAB_LIST_SLOTS) == 2);
  WORKS(jawab_decision_slot, decision, JAWAB_LIST_SLOTS, 0, &slot);
  CHECK(is(slot.name, "amount") && is(slot.text, "50rb") && slot.value.data == NULL && slot.number == 50000);
  CHECK(slot.start == 9 && slot.end == 13);
  WORKS(jawab_decision_slot, decision, JAWAB_LIST_SLOTS, 1, &slot);
  CHECK(is(slot.name, "bank") && is(slot.text, "klik bca") && is(slot.value, "bca") && slot.number == 0);
  CHECK(len(decision, JAWAB_LIST_FIELDS) == 1);
  WORKS(jawab_decision_slot, decision, JAWAB_LIST_FIELDS, 0, &slot);
  CHECK(is(slot.name, "amount"));
  CHECK(len(decision, JAWAB_LIST_MISSING) == 1);
  WORKS(jawab_decision_name, decision, JAWAB_LIST_MISSING, 0, &name);
  CHECK(is(name, "reference"));
  CHECK(len(decision, JAWAB_LIST_TAGS) == 2);
  WORKS(jawab_decision_name, decision, JAWAB_LIST_TAGS, 1, &name);
  CHECK(is(name, "uang"));
  WORKS(jawab_decision_candidate, decision, 0, &candidate);
  CHECK(is(candidate.rule, "missing") && candidate.evidence == JAWAB_EVIDENCE_PATTERN);
  CHECK(candidate.confidence == 0.99 && len(decision, JAWAB_LIST_OPTIONS) == 0);
  jawab_decision_free(decision);
}

static void what_a_decision_does_not_hold_is_absent(const jawab_engine *engine) {
  jawab_context *context = NULL;
  jawab_decision *decision;
  WORKS(jawab_context_new, &context);
  WORKS(jawab_context_set_text, context, TEXT("owner"), TEXT("human"));
  decision = decide(engine, "jam buka kapan", context);
  CHECK(action(decision) == JAWAB_ACTION_IGNORE);
  CHECK(is(field(decision, JAWAB_FIELD_REASON), "human-owner"));
  for (int32_t which = JAWAB_FIELD_TEXT; which <= JAWAB_FIELD_RESOLVE_BY; which++) {
    int is_there = which == JAWAB_FIELD_REASON || which == JAWAB_FIELD_RULES;
    CHECK(is_there == (field(decision, which).data != NULL));
  }
  for (int32_t which = JAWAB_NUMBER_CONFIDENCE; which <= JAWAB_NUMBER_RESOLVE_WITHIN; which++) {
    CHECK(number(decision, which) == -1);
  }
  CHECK(len(decision, JAWAB_LIST_CANDIDATES) == 1 && len(decision, JAWAB_LIST_TAGS) == 0);
  jawab_decision_free(decision);
  jawab_context_free(context);
}

static void a_question_has_options(const jawab_engine *engine) {
  jawab_decision *decision = decide(engine, "kepala atau ekor", NULL);
  jawab_option option;
  CHECK(action(decision) == JAWAB_ACTION_ASK && len(decision, JAWAB_LIST_OPTIONS) == 2);
  WORKS(jawab_decision_option, decision, 0, &option);
  CHECK(is(option.rule, "coin") && is(option.title, "Koin"));
  CHECK(field(decision, JAWAB_FIELD_RULE).data == NULL && number(decision, JAWAB_NUMBER_CONFIDENCE) == -1);
  jawab_decision_free(decision);
}

static void facts_come_as_json_or_one_by_one(const jawab_engine *engine) {
  static const char json[] = "{\"tier\": \"gold\", \"age\": 18, \"known\": true}";
  jawab_context *contexts[2] = {NULL, NULL};
  WORKS(jawab_context_from_json, TEXT(json), &contexts[0]);
  WORKS(jawab_context_new, &contexts[1]);
  WORKS(jawab_context_set_text, contexts[1], TEXT("tier"), TEXT("gold"));
  WORKS(jawab_context_set_json, contexts[1], TEXT("age"), TEXT("18"));
  WORKS(jawab_context_set_json, contexts[1], TEXT("known"), TEXT("true"));
  for (int which = 0; which < 2; which++) {
    jawab_decision *decision = decide(engine, "tolong", contexts[which]);
    CHECK(is(field(decision, JAWAB_FIELD_RULE), "vip"));
    jawab_decision_free(decision);
  }
  WORKS(jawab_context_set_json, contexts[1], TEXT("age"), TEXT("17"));
  jawab_decision *decision = decide(engine, "tolong", contexts[1]);
  CHECK(field(decision, JAWAB_FIELD_RULE).data == NULL);
  jawab_decision_free(decision);
  jawab_context_free(contexts[0]);
  jawab_context_free(contexts[1]);
}

static void results_outlive_what_they_came_from(void) {
  jawab_engine *engine = engine_of(RULES), *strict = NULL;
  jawab_matcher *matcher = NULL;
  jawab_rule_set *rules = NULL;
  jawab_decision *decision = NULL, *later = NULL;
  jawab_string *string = NULL;
  jawab_settings settings;
  jawab_text json, again, fingerprint;
  char *message = (char *)malloc(16);
  jawab_context *context = NULL;
  memcpy(message, "jam buka kapan", 15);
  WORKS(jawab_context_new, &context);
  WORKS(jawab_context_set_text, context, TEXT("name"), TEXT("Sari"));
  WORKS(jawab_engine_settings, engine, &settings);
  CHECK(settings.threshold == 0.6 && settings.margin == 0.1 && settings.clarify == 1);
  settings.threshold = 1;
  WORKS(jawab_engine_with_settings, engine, &settings, &strict);
  WORKS(jawab_matcher_new, engine, &matcher);
  WORKS(jawab_engine_rules, engine, &rules);
  decision = decide(engine, message, context);
  free(message);
  jawab_context_free(context);
  jawab_engine_free(engine);
  CHECK(is(field(decision, JAWAB_FIELD_TEXT), "Setiap hari, Sari."));
  WORKS(jawab_decision_to_json, decision, &json);
  WORKS(jawab_decision_to_json, decision, &again);
  CHECK(json.data == again.data && holds(json, "\"text\":\"Setiap hari, Sari.\""));
  WORKS(jawab_rule_set_fingerprint, rules, &fingerprint);
  CHECK(holds(json, "\"rules\":\"b3:") && fingerprint.len == 35);
  WORKS(jawab_matcher_decide, matcher, TEXT("tolong"), NULL, &later);
  jawab_matcher_free(matcher);
  CHECK(is(field(later, JAWAB_FIELD_REASON), "no-match"));
  jawab_decision_free(later);
  later = decide(strict, "kepala atau ekor", NULL);
  CHECK(is(field(later, JAWAB_FIELD_REASON), "low-confidence"));
  jawab_decision_free(later);
  jawab_engine_free(strict);
  WORKS(jawab_rule_set_rules_to_json, rules, &string);
  WORKS(jawab_string_text, string, &json);
  CHECK(holds(json, "{\"id\":\"hours\",\"action\":\"answer\",\"priority\":0,\"questions\":1,\"patterns\":0,"));
  jawab_string_free(string);
  WORKS(jawab_rule_set_settings_to_json, rules, &string);
  WORKS(jawab_string_text, string, &json);
  CHECK(holds(json, "\"threshold\":0.6,\"margin\":0.1,\"clarify\":true"));
  jawab_string_free(string);
  jawab_rule_set_free(rules);
  jawab_decision_free(decision);
}

static jawab_decision *turn(const jawab_conversation *conversation, const char *text) {
  jawab_decision *decision = NULL;
  WORKS(jawab_conversation_decide, conversation, text, strlen(text), NULL, &decision);
  return decision;
}

static void a_conversation_outlives_its_engine_and_goes_on_once_saved(void) {
  jawab_engine *engine = engine_of(RULES), *later = engine_of(RULES);
  jawab_context *context = NULL, *now = NULL;
  jawab_conversation *conversation = NULL, *resumed = NULL;
  jawab_decision *asked, *answered, *handoff = NULL;
  jawab_string *state = NULL;
  jawab_text json, name;
  jawab_message burst[2];
  WORKS(jawab_context_from_json, TEXT("{\"name\": \"Sari\"}"), &context);
  WORKS(jawab_conversation_new, engine, context, &conversation);
  jawab_context_free(context);
  jawab_engine_free(engine);
  answered = turn(conversation, "jam buka kapan");
  CHECK(is(field(answered, JAWAB_FIELD_TEXT), "Setiap hari, Sari."));
  jawab_decision_free(answered);
  asked = turn(conversation, "sudah transfer 50rb ke bca belum masuk, pin saya 482913");
  CHECK(action(asked) == JAWAB_ACTION_ASK && is(field(asked, JAWAB_FIELD_RULE), "missing"));
  CHECK(is(field(asked, JAWAB_FIELD_SLOT), "reference") && holds(field(asked, JAWAB_FIELD_TEXT), "PIN"));
  WORKS(jawab_conversation_to_json, conversation, &state);
  jawab_conversation_free(conversation);
  WORKS(jawab_string_text, state, &json);
  CHECK(holds(json, "\"context\":{\"name\":\"Sari\"}") && holds(json, "[pin]") && !holds(json, "482913"));
  WORKS(jawab_engine_resume, later, json.data, json.len, &resumed);
  jawab_string_free(state);
  jawab_engine_free(later);
  WORKS(jawab_context_from_json, TEXT("{\"time\": \"2026-03-02T09:00:00+07:00\"}"), &now);
  burst[0].text = text_of("kesal banget");
  burst[1].text = text_of("ref TRX9911223");
  burst[0].context = burst[1].context = now;
  WORKS(jawab_conversation_decide_burst, resumed, burst, 2, &handoff);
  jawab_context_free(now);
  jawab_conversation_free(resumed);
  CHECK(action(handoff) == JAWAB_ACTION_HANDOFF && is(field(handoff, JAWAB_FIELD_TONE), "anger"));
  CHECK(holds(field(handoff, JAWAB_FIELD_SUMMARY), "50rb") && len(handoff, JAWAB_LIST_FIELDS) == 2);
  CHECK(is(field(handoff, JAWAB_FIELD_RESPOND_BY), "2026-03-02T09:01:00+07:00"));
  CHECK(is(field(handoff, JAWAB_FIELD_UPDATE_BY), "2026-03-02T09:05:00+07:00"));
  CHECK(is(field(handoff, JAWAB_FIELD_RESOLVE_BY), "2026-03-02T09:10:00+07:00"));
  WORKS(jawab_decision_name, handoff, JAWAB_LIST_TAGS, 0, &name);
  CHECK(is(name, "missing") && field(handoff, JAWAB_FIELD_CATEGORY).data == NULL);
  CHECK(is(field(asked, JAWAB_FIELD_SLOT), "reference"));
  jawab_decision_free(handoff);
  jawab_decision_free(asked);
}

static void a_message_that_comes_again_is_known_by_its_id(const jawab_engine *engine) {
  jawab_conversation *conversation = NULL;
  jawab_context *context = NULL;
  WORKS(jawab_conversation_new, engine, NULL, &conversation);
  WORKS(jawab_context_from_json, TEXT("{\"id\": \"m-17\"}"), &context);
  for (int time = 0; time < 2; time++) {
    jawab_decision *decision = NULL;
    WORKS(jawab_conversation_decide, conversation, TEXT("tolong"), context, &decision);
    CHECK((action(decision) == JAWAB_ACTION_IGNORE) == (time == 1));
    CHECK(time == 0 || is(field(decision, JAWAB_FIELD_REASON), "duplicate"));
    jawab_decision_free(decision);
  }
  jawab_context_free(context);
  jawab_conversation_free(conversation);
}

static void many_messages_at_once(const jawab_engine *engine) {
  static const char *const texts[] = {"jam buka kapan", "", "kepala atau ekor", "zzgrm"};
  jawab_message messages[64];
  jawab_decision *many[64];
  for (size_t threads = 0; threads < 5; threads++) {
    for (int at = 0; at < 64; at++) {
      messages[at].text = text_of(texts[at % 4]);
      messages[at].context = NULL;
    }
    WORKS(jawab_engine_decide_many, engine, messages, 64, threads, many);
    for (int at = 0; at < 64; at++) {
      jawab_decision *one = decide(engine, texts[at % 4], NULL);
      jawab_text json, other;
      WORKS(jawab_decision_to_json, one, &json);
      WORKS(jawab_decision_to_json, many[at], &other);
      CHECK(json.len == other.len && memcmp(json.data, other.data, json.len) == 0);
      jawab_decision_free(one);
      jawab_decision_free(many[at]);
    }
  }
  WORKS(jawab_engine_decide_many, engine, NULL, 0, 2, NULL);
}

static void a_decision_is_explained(const jawab_engine *engine) {
  jawab_string *string = NULL;
  jawab_text text;
  WORKS(jawab_engine_explain, engine, TEXT("kepala atau ekor"), NULL, JAWAB_FORMAT_TEXT, &string);
  WORKS(jawab_string_text, string, &text);
  CHECK(holds(text, "decision:   ask"));
  jawab_string_free(string);
  WORKS(jawab_engine_why_not, engine, TEXT("tolong"), NULL, TEXT("vip"), JAWAB_FORMAT_TEXT, &string);
  WORKS(jawab_string_text, string, &text);
  CHECK(is(text, "its condition on `tier` does not hold"));
  jawab_string_free(string);
  WORKS(jawab_engine_why_not, engine, TEXT("tolong"), NULL, TEXT("no-such-rule"), JAWAB_FORMAT_TEXT, &string);
  CHECK(string == NULL);
}

static void a_text_is_masked(void) {
  jawab_string *string = NULL;
  jawab_text text;
  WORKS(jawab_mask, TEXT("hp 0812-3456-7890"), JAWAB_FORMAT_TEXT, &string);
  WORKS(jawab_string_text, string, &text);
  CHECK(is(text, "hp [phone]"));
  jawab_string_free(string);
  WORKS(jawab_mask, TEXT("hp 0812-3456-7890"), JAWAB_FORMAT_JSON, &string);
  WORKS(jawab_string_text, string, &text);
  CHECK(is(text, "{\"text\":\"hp [phone]\",\"found\":[{\"kind\":\"phone\",\"span\":[3,17]}]}"));
  jawab_string_free(string);
}

static void labelled_messages_give_figures(const jawab_engine *engine) {
  jawab_labelled labelled[2];
  jawab_string *string = NULL;
  jawab_text text;
  labelled[0].text = text_of("jam buka kapan");
  labelled[0].intent = text_of("hours");
  labelled[1].text = text_of("zzgrm qwxv");
  labelled[1].intent.data = NULL;
  labelled[1].intent.len = 0;
  labelled[0].context = labelled[1].context = NULL;
  WORKS(jawab_engine_evaluate, engine, labelled, 2, &string);
  WORKS(jawab_string_text, string, &text);
  CHECK(holds(text, "\"messages\":2,\"in_scope\":1,\"out_of_scope\":1,"));
  jawab_string_free(string);
}

static void all_problems_of_a_rule_set_come_with_the_error(void) {
  static const char yaml[] = "jawab: 1\nlanguage: en\nintents:\n  a: {any: '(a', handoff: {}}\n  b: {any: b, handoff: {team: x}}\n";
  jawab_rule_set *rules = NULL;
  jawab_error *error = NULL;
  jawab_diagnostic problem;
  CHECK(jawab_rule_set_from_yaml(TEXT("desk.yaml"), TEXT(yaml), &rules, &error) == JAWAB_STATUS_RULES);
  CHECK(rules == NULL && jawab_error_status(error) == JAWAB_STATUS_RULES);
  CHECK(jawab_error_diagnostics_len(error) == 2);
  CHECK(jawab_error_diagnostic(error, 1, &problem) == JAWAB_STATUS_OK);
  CHECK(is(problem.code, "unknown-team") && is(problem.file, "desk.yaml"));
  CHECK(problem.line == 5 && problem.column == 31 && problem.severity == JAWAB_SEVERITY_ERROR);
  CHECK(problem.start < problem.end && problem.message.len > 0);
  CHECK(holds(jawab_error_message(error), "desk.yaml:4:"));
  CHECK(holds(jawab_error_diagnostics_to_json(error), "\"code\":\"unknown-team\""));
  jawab_error_free(error);
}

int main(void) {
  jawab_engine *engine = engine_of(RULES);
  a_handoff_tells_all_it_holds(engine);
  what_a_decision_does_not_hold_is_absent(engine);
  a_question_has_options(engine);
  facts_come_as_json_or_one_by_one(engine);
  results_outlive_what_they_came_from();
  a_conversation_outlives_its_engine_and_goes_on_once_saved();
  a_message_that_comes_again_is_known_by_its_id(engine);
  many_messages_at_once(engine);
  a_decision_is_explained(engine);
  a_text_is_masked();
  labelled_messages_give_figures(engine);
  all_problems_of_a_rule_set_come_with_the_error();
  jawab_engine_free(engine);
  return failures != 0;
}
