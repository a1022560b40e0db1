/*
 * Embedding in a support platform: one engine for all chats, events in line by line, what to do with each out.
 *
 *     cargo xtask dist
 *     cc -std=c11 -I target/dist/include examples/c/support_platform.c -o target/support_platform \
 *         -L target/dist/lib -Wl,-rpath,target/dist/lib -ljawab
 *     target/support_platform rules/minimal.yaml < examples/events.tsv
 *
 * An event is a line of chat, text and facts as JSON, with tabs between them.
 */

#include <jawab.h>

#include <stdio.h>
#include <string.h>

// Says what went wrong and frees the error; 1 where a call worked.
static int worked(jawab_status status, jawab_error *error) {
  if (status != JAWAB_STATUS_OK) {
    jawab_text message = jawab_error_message(error);
    fprintf(stderr, "%.*s\n", (int)message.len, message.data);
  }
  jawab_error_free(error);
  return status == JAWAB_STATUS_OK;
}

static void print_field(const jawab_decision *decision, jawab_field field) {
  jawab_text text;
  if (jawab_decision_field(decision, field, &text, NULL) == JAWAB_STATUS_OK && text.data) {
    fwrite(text.data, 1, text.len, stdout);
  }
}

static void print_assignment(const char *chat, const jawab_decision *decision) {
  static const char *const priorities[] = {"low", "normal", "high", "urgent"};
  double priority = -1, seconds = -1;
  jawab_decision_number(decision, JAWAB_NUMBER_PRIORITY, &priority, NULL);
  jawab_decision_number(decision, JAWAB_NUMBER_RESPOND_WITHIN, &seconds, NULL);
  printf("%s\tassign\t", chat);
  print_field(decision, JAWAB_FIELD_TEAM);
  printf("\t%s\t%.0f\n", priorities[(int)priority], seconds);
}

// What the platform does.
static void print_commands(const char *chat, const jawab_decision *decision) {
  int32_t action = JAWAB_ACTION_IGNORE;
  jawab_decision_action(decision, &action, NULL);
  printf("%s\t%s\t", chat, action == JAWAB_ACTION_IGNORE ? "ignore" : "send");
  print_field(decision, action == JAWAB_ACTION_IGNORE ? JAWAB_FIELD_REASON : JAWAB_FIELD_TEXT);
  printf("\n");
  if (action == JAWAB_ACTION_HANDOFF) print_assignment(chat, decision);
}

static int serve_event(const jawab_matcher *matcher, char *line) {
  char *chat = strtok(line, "\t"), *text = strtok(NULL, "\t"), *facts = strtok(NULL, "\n");
  jawab_context *context = NULL;
  jawab_decision *decision = NULL;
  jawab_error *error = NULL;
  if (!chat || !text || !facts) return 0;
  if (!worked(jawab_context_from_json(facts, strlen(facts), &context, &error), error)) return 0;
  int decided = worked(jawab_matcher_decide(matcher, text, strlen(text), context, &decision, &error), error);
  if (decided) print_commands(chat, decision);
  jawab_decision_free(decision);
  jawab_context_free(context);
  return decided;
}

// A thread of the platform: it takes a matcher of its own, which reuses its buffers.
static int serve(const jawab_engine *engine) {
  jawab_matcher *matcher = NULL;
  jawab_error *error = NULL;
  char line[32768];
  int served = worked(jawab_matcher_new(engine, &matcher, &error), error);
  while (served && fgets(line, sizeof line, stdin)) served = serve_event(matcher, line);
  jawab_matcher_free(matcher);
  return served;
}

int main(int argc, char **argv) {
  jawab_engine *engine = NULL;
  jawab_error *error = NULL;
  if (argc != 2 || jawab_abi_version() != JAWAB_ABI_VERSION) {
    fprintf(stderr, "usage: support_platform RULES\n");
    return 2;
  }
  if (!worked(jawab_engine_from_path(argv[1], strlen(argv[1]), &engine, &error), error)) return 1;
  int served = serve(engine);
  jawab_engine_free(engine);
  return served ? 0 : 1;
}
