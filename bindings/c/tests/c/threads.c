// Eight threads on one engine: the same decisions all the time, and no growth in memory.
//
//     threads [SECONDS]

#include "check.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#define THREADS 8
#define MESSAGES 4

static const char RULES[] = "jawab: 1\n"
                            "language: id\n"
                            "faq:\n"
                            "  hours: {questions: [jam buka kapan, buka jam berapa], answer: Setiap hari.}\n"
                            "intents:\n"
                            "  missing: {any: 'transfer {amount} ... belum masuk', handoff: {collect: [amount]}}\n";
static const char *const TEXTS[MESSAGES] = {"transfer 50rb dari tadi blm masuk kak", "jam brp buka", "zzgrm", ""};

static jawab_engine *engine;
static jawab_matcher *shared;
static jawab_conversation *crowded;
static jawab_text turns[MESSAGES];
static jawab_decision *expected[MESSAGES];
static time_t end;
static int wrong[THREADS];
static unsigned long rounds[THREADS], busy[THREADS];

static int same(const jawab_decision *one, const jawab_decision *other) {
  jawab_text a, b;
  jawab_decision_to_json(one, &a, NULL);
  jawab_decision_to_json(other, &b, NULL);
  return a.len == b.len && memcmp(a.data, b.data, a.len) == 0;
}

static jawab_text json_of(const jawab_decision *decision) {
  jawab_text text = {NULL, 0};
  jawab_decision_to_json(decision, &text, NULL);
  return text;
}

// A conversation of one's own, saved and resumed between all messages, and one that all threads talk into at once.
static void converse(int own) {
  jawab_conversation *conversation = NULL, *next = NULL;
  jawab_conversation_new(engine, NULL, &conversation, NULL);
  for (int at = 0; at < MESSAGES; at++) {
    size_t len = strlen(TEXTS[at]);
    jawab_decision *decision = NULL, *other = NULL;
    jawab_string *state = NULL;
    jawab_text text = {NULL, 0};
    jawab_status status = jawab_conversation_decide(crowded, TEXTS[at], len, NULL, &other, NULL);
    if ((status == JAWAB_STATUS_BUSY) != (other == NULL)) wrong[own]++;
    busy[own] += status == JAWAB_STATUS_BUSY;
    jawab_conversation_decide(conversation, TEXTS[at], len, NULL, &decision, NULL);
    text = json_of(decision);
    if (text.len != turns[at].len || memcmp(text.data, turns[at].data, text.len) != 0) wrong[own]++;
    jawab_decision_free(decision);
    jawab_decision_free(other);
    jawab_conversation_to_json(conversation, &state, NULL);
    jawab_string_text(state, &text, NULL);
    jawab_engine_resume(engine, text.data, text.len, &next, NULL);
    jawab_string_free(state);
    jawab_conversation_free(conversation);
    conversation = next;
  }
  jawab_conversation_free(conversation);
}

static void *run(void *number) {
  int own = *(int *)number;
  jawab_matcher *matcher = NULL;
  jawab_matcher_new(engine, &matcher, NULL);
  while (time(NULL) < end) {
    for (int at = 0; at < MESSAGES; at++) {
      jawab_decision *decided[3] = {NULL, NULL, NULL};
      size_t len = strlen(TEXTS[at]);
      jawab_status status = jawab_matcher_decide(shared, TEXTS[at], len, NULL, &decided[2], NULL);
      jawab_engine_decide(engine, TEXTS[at], len, NULL, &decided[0], NULL);
      jawab_matcher_decide(matcher, TEXTS[at], len, NULL, &decided[1], NULL);
      if (!same(decided[0], expected[at]) || !same(decided[1], expected[at])) wrong[own]++;
      if (status == JAWAB_STATUS_BUSY ? decided[2] != NULL : !same(decided[2], expected[at])) wrong[own]++;
      busy[own] += status == JAWAB_STATUS_BUSY;
      for (int way = 0; way < 3; way++) jawab_decision_free(decided[way]);
    }
    converse(own);
    rounds[own]++;
  }
  jawab_matcher_free(matcher);
  return NULL;
}

// Kilobytes of memory in use; 0 where the system does not tell.
static long memory(void) {
  FILE *file = fopen("/proc/self/status", "r");
  char line[256];
  long kilobytes = 0;
  while (file && fgets(line, sizeof line, file)) {
    if (strncmp(line, "VmRSS:", 6) == 0) kilobytes = strtol(line + 6, NULL, 10);
  }
  if (file) fclose(file);
  return kilobytes;
}

static void run_all(long seconds) {
  pthread_t threads[THREADS];
  int numbers[THREADS];
  end = time(NULL) + seconds;
  for (int at = 0; at < THREADS; at++) {
    numbers[at] = at;
    CHECK(pthread_create(&threads[at], NULL, run, &numbers[at]) == 0);
  }
  for (int at = 0; at < THREADS; at++) pthread_join(threads[at], NULL);
}

// What each message of a conversation must come to; the decisions stay, for their texts are theirs.
static void expect_turns(jawab_decision **kept) {
  jawab_conversation *conversation = NULL;
  WORKS(jawab_conversation_new, engine, NULL, &conversation);
  for (int at = 0; at < MESSAGES; at++) {
    WORKS(jawab_conversation_decide, conversation, TEXTS[at], strlen(TEXTS[at]), NULL, &kept[at]);
    turns[at] = json_of(kept[at]);
  }
  jawab_conversation_free(conversation);
}

int main(int argc, char **argv) {
  jawab_decision *kept[MESSAGES] = {NULL};
  long seconds = argc > 1 ? strtol(argv[1], NULL, 10) : 2, before, after;
  unsigned long all = 0, refused = 0;
  jawab_rule_set *rules = NULL;
  WORKS(jawab_rule_set_from_yaml, TEXT("desk.yaml"), TEXT(RULES), &rules);
  WORKS(jawab_engine_new, rules, &engine);
  WORKS(jawab_matcher_new, engine, &shared);
  WORKS(jawab_conversation_new, engine, NULL, &crowded);
  expect_turns(kept);
  jawab_rule_set_free(rules);
  for (int at = 0; at < MESSAGES; at++) {
    WORKS(jawab_engine_decide, engine, TEXTS[at], strlen(TEXTS[at]), NULL, &expected[at]);
  }
  run_all(1);  // Stacks, and what the system keeps of freed memory for each thread.
  before = memory();
  run_all(seconds);
  after = memory();
  for (int at = 0; at < THREADS; at++) {
    CHECK(wrong[at] == 0 && rounds[at] > 0);
    all += rounds[at];
    refused += busy[at];
  }
  printf("%lu rounds on %d threads in %ld s, %lu refused as busy; %ld kB before, %ld kB after\n", all, THREADS,
         seconds, refused, before, after);
  CHECK(after <= before + 4096);
  for (int at = 0; at < MESSAGES; at++) {
    jawab_decision_free(expected[at]);
    jawab_decision_free(kept[at]);
  }
  jawab_conversation_free(crowded);
  jawab_matcher_free(shared);
  jawab_engine_free(engine);
  return failures != 0;
}
