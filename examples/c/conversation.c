/*
 * A conversation: each line is a message, the reply comes out. The state is saved after each message and resumed before the
 * next, as a platform does that keeps it in its database.
 *
 *     cargo xtask dist
 *     cc -std=c11 -I target/dist/include examples/c/conversation.c -o target/conversation \
 *         -L target/dist/lib -Wl,-rpath,target/dist/lib -ljawab
 *     printf 'where is my parcel?\nit is JX44812093\n' | target/conversation rules/minimal.yaml
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

// The conversation as it was saved; a new one where nothing was.
static jawab_conversation *resume(const jawab_engine *engine, const jawab_string *state) {
  jawab_conversation *conversation = NULL;
  jawab_error *error = NULL;
  jawab_text json;
  if (!state) {
    worked(jawab_conversation_new(engine, NULL, &conversation, &error), error);
  } else if (worked(jawab_string_text(state, &json, &error), error)) {
    worked(jawab_engine_resume(engine, json.data, json.len, &conversation, &error), error);
  }
  return conversation;
}

static void print_reply(const jawab_decision *decision) {
  static const char *const actions[] = {"answer", "ask", "handoff", "ignore"};
  int32_t action = JAWAB_ACTION_IGNORE;
  jawab_text text = {NULL, 0};
  jawab_decision_action(decision, &action, NULL);
  jawab_decision_field(decision, JAWAB_FIELD_TEXT, &text, NULL);
  printf("%s: %.*s\n", actions[action], (int)text.len, text.data ? text.data : "");
}

// Decides a message and saves what the conversation then remembers.
static int serve(const jawab_engine *engine, const char *message, jawab_string **state) {
  jawab_conversation *conversation = resume(engine, *state);
  jawab_decision *decision = NULL;
  jawab_error *error = NULL;
  jawab_string_free(*state);
  *state = NULL;
  int served = conversation && worked(jawab_conversation_decide(conversation, message, strlen(message), NULL,
                                                                &decision, &error), error);
  if (served) print_reply(decision);
  served = served && worked(jawab_conversation_to_json(conversation, state, &error), error);
  jawab_decision_free(decision);
  jawab_conversation_free(conversation);
  return served;
}

int main(int argc, char **argv) {
  jawab_engine *engine = NULL;
  jawab_string *state = NULL;
  jawab_error *error = NULL;
  char line[32768];
  if (argc != 2 || jawab_abi_version() != JAWAB_ABI_VERSION) {
    fprintf(stderr, "usage: conversation RULES\n");
    return 2;
  }
  int served = worked(jawab_engine_from_path(argv[1], strlen(argv[1]), &engine, &error), error);
  while (served && fgets(line, sizeof line, stdin)) {
    line[strcspn(line, "\n")] = 0;
    served = serve(engine, line, &state);
  }
  jawab_string_free(state);
  jawab_engine_free(engine);
  return served ? 0 : 1;
}
