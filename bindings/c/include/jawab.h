#ifndef JAWAB_H
#define JAWAB_H

#include <stddef.h>
#include <stdint.h>

// A function that can fail gives a `jawab_status`: zero where it worked.
//
// Errors. The last parameter of such a function, `error`, may be NULL. Else it is always written: NULL where the call
// worked, an error to free with `jawab_error_free` where it failed. A failed call writes NULL or zeros through its other
// out-parameters, and every function refuses NULL with a status and a message. No panic leaves the library: one is
// given as JAWAB_STATUS_INTERNAL.
//
// Texts are UTF-8, a pointer and a length in bytes, not ended by a zero byte. Those that go in are read during the call
// only; NULL with length zero is an empty one. A `jawab_text` that comes out belongs to the handle it was asked of and
// lives as long; a text that is absent has NULL as `data`.
//
// Ownership. What a function gives through an out-parameter of type `jawab_… **` belongs to the caller, who frees it
// once with the `_free` function of its type; NULL may be freed. Handles keep what they need alive: a decision may
// outlive its engine, an engine its rules. After `_free`, neither the handle nor its texts may be used.
//
// Threads. A handle behind `const` may be used by any number of threads at once, without a lock. A matcher and a
// conversation are for one thread at a time; a second one is refused with JAWAB_STATUS_BUSY. A handle is freed when no
// other thread uses it. The library keeps nothing between calls but tables that never change, starts no thread
// unasked and calls nothing back.


// Version of the binary interface, raised whenever a program built against an older header would misbehave.
#define JAWAB_ABI_VERSION 1

// How a call went.
enum jawab_status
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  // It worked.
  JAWAB_STATUS_OK = 0,
  // A pointer that must not be NULL is.
  JAWAB_STATUS_NULL_POINTER = 1,
  // A length that no text or array can have.
  JAWAB_STATUS_INVALID_LENGTH = 2,
  // A text is not UTF-8.
  JAWAB_STATUS_INVALID_UTF8 = 3,
  // A text is not the JSON that is asked for.
  JAWAB_STATUS_INVALID_JSON = 4,
  // A number is none of those that the parameter takes.
  JAWAB_STATUS_OUT_OF_RANGE = 5,
  // The rules have problems; the error lists them as diagnostics.
  JAWAB_STATUS_RULES = 6,
  // A file or folder cannot be read; the error lists which as diagnostics.
  JAWAB_STATUS_IO = 7,
  // Another thread is using the handle.
  JAWAB_STATUS_BUSY = 8,
  // A mistake of the library itself; please report the message.
  JAWAB_STATUS_INTERNAL = 9,
  // The saved state of a conversation cannot be used.
  JAWAB_STATUS_STATE = 10,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum jawab_status jawab_status;
#else
typedef int32_t jawab_status;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

// What a decision says to do.
enum jawab_action
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  // Send the text.
  JAWAB_ACTION_ANSWER = 0,
  // Ask the customer the text.
  JAWAB_ACTION_ASK = 1,
  // Pass the conversation to a person.
  JAWAB_ACTION_HANDOFF = 2,
  // Do nothing.
  JAWAB_ACTION_IGNORE = 3,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum jawab_action jawab_action;
#else
typedef int32_t jawab_action;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

// What speaks for a rule.
enum jawab_evidence
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  // Likeness to its questions.
  JAWAB_EVIDENCE_QUESTION = 0,
  // A pattern matches.
  JAWAB_EVIDENCE_PATTERN = 1,
  // One of its questions, word for word.
  JAWAB_EVIDENCE_IDENTICAL = 2,
  // The customer chose it, or it follows from the topic of the conversation.
  JAWAB_EVIDENCE_CONVERSATION = 3,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum jawab_evidence jawab_evidence;
#else
typedef int32_t jawab_evidence;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

// Texts of a decision.
enum jawab_field
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  // What the customer reads; absent where nothing is sent.
  JAWAB_FIELD_TEXT = 0,
  // The rule that answers or hands off; absent where none does.
  JAWAB_FIELD_RULE = 1,
  // Why it is handed off or ignored.
  JAWAB_FIELD_REASON = 2,
  // Language of the text, BCP 47; absent where the message is ignored.
  JAWAB_FIELD_LANGUAGE = 3,
  // Who takes a handoff; absent where no team is named.
  JAWAB_FIELD_TEAM = 4,
  // What the ticket of a handoff is about, for the agent.
  JAWAB_FIELD_SUBJECT = 5,
  // Fingerprint of the rule set that decided.
  JAWAB_FIELD_RULES = 6,
  // The detail that a question asks for.
  JAWAB_FIELD_SLOT = 7,
  // How the customer sounds, in a conversation: `thanks`, `worry`, `urgency` or `anger`.
  JAWAB_FIELD_TONE = 8,
  // The category of the ticket.
  JAWAB_FIELD_CATEGORY = 9,
  // What happened in the conversation so far, for the agent.
  JAWAB_FIELD_SUMMARY = 10,
  // When the first response of a person is due, RFC 3339; where the host gives the fact `time`.
  JAWAB_FIELD_RESPOND_BY = 11,
  // When the first update is due, RFC 3339.
  JAWAB_FIELD_UPDATE_BY = 12,
  // When the solution is due, RFC 3339.
  JAWAB_FIELD_RESOLVE_BY = 13,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum jawab_field jawab_field;
#else
typedef int32_t jawab_field;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

// How a result is written.
enum jawab_format
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  // In lines for people.
  JAWAB_FORMAT_TEXT = 0,
  // As one line of JSON.
  JAWAB_FORMAT_JSON = 1,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum jawab_format jawab_format;
#else
typedef int32_t jawab_format;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

// Lists of a decision; one that it does not have is empty.
enum jawab_list
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  // Rules that were considered, best first, at most five.
  JAWAB_LIST_CANDIDATES = 0,
  // Rules that the customer may have meant.
  JAWAB_LIST_OPTIONS = 1,
  // Values that the rule's pattern found in the message.
  JAWAB_LIST_SLOTS = 2,
  // Details for the ticket that the message holds.
  JAWAB_LIST_FIELDS = 3,
  // Names of details for the ticket that the message does not hold.
  JAWAB_LIST_MISSING = 4,
  // Tags of the ticket, the rule's id first.
  JAWAB_LIST_TAGS = 5,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum jawab_list jawab_list;
#else
typedef int32_t jawab_list;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

// Numbers of a decision.
enum jawab_number
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  // The estimated chance that the rule is right, 0 to 1.
  JAWAB_NUMBER_CONFIDENCE = 0,
  // Level of support of a handoff, from 1.
  JAWAB_NUMBER_LEVEL = 1,
  // How urgent a handoff is, a `jawab_priority`.
  JAWAB_NUMBER_PRIORITY = 2,
  // Seconds to the first response of a person.
  JAWAB_NUMBER_RESPOND_WITHIN = 3,
  // Seconds between updates to the customer.
  JAWAB_NUMBER_UPDATE_EVERY = 4,
  // Seconds to the solution.
  JAWAB_NUMBER_RESOLVE_WITHIN = 5,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum jawab_number jawab_number;
#else
typedef int32_t jawab_number;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

// How urgent a handoff is.
enum jawab_priority
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  // Can wait.
  JAWAB_PRIORITY_LOW = 0,
  // As usual.
  JAWAB_PRIORITY_NORMAL = 1,
  // Before others.
  JAWAB_PRIORITY_HIGH = 2,
  // At once.
  JAWAB_PRIORITY_URGENT = 3,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum jawab_priority jawab_priority;
#else
typedef int32_t jawab_priority;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

// How bad a diagnostic is.
enum jawab_severity
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  // The rule set works, but probably not as its author wants.
  JAWAB_SEVERITY_WARNING = 0,
  // The rule set cannot be used.
  JAWAB_SEVERITY_ERROR = 1,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum jawab_severity jawab_severity;
#else
typedef int32_t jawab_severity;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

// Facts that the host passes with a message: `channel`, `customer.name`, `time`, ….
typedef struct jawab_context jawab_context;

// A conversation with one customer. It remembers what was said and asked, what is missing, and how often.
typedef struct jawab_conversation jawab_conversation;

// What to do with a message.
typedef struct jawab_decision jawab_decision;

// A rule set made ready to decide. Immutable.
typedef struct jawab_engine jawab_engine;

// Why a call failed.
typedef struct jawab_error jawab_error;

// Bounds on what a rule set may hold.
typedef struct jawab_limits jawab_limits;

// An engine with buffers of its own, for one thread that decides many messages.
typedef struct jawab_matcher jawab_matcher;

// A checked set of rules. Immutable.
typedef struct jawab_rule_set jawab_rule_set;

// A text of its own.
typedef struct jawab_string jawab_string;

// A text: UTF-8, not ended by a zero byte. `data` is NULL where it is absent.
typedef struct {
  // First byte.
  const char *data;
  // Number of bytes.
  size_t len;
} jawab_text;

// A message in an array.
typedef struct {
  // As the customer wrote it.
  jawab_text text;
  // Facts about it; NULL where there are none.
  const jawab_context *context;
} jawab_message;

// A rule that was considered.
typedef struct {
  // Its id.
  jawab_text rule;
  // The estimated chance that it is right, 0 to 1.
  double confidence;
  // A `jawab_evidence`.
  int32_t evidence;
} jawab_candidate;

// A rule that the customer may have meant.
typedef struct {
  // Its id.
  jawab_text rule;
  // Its name for the customer.
  jawab_text title;
} jawab_option;

// A value found in the message.
typedef struct {
  // The name of the slot.
  jawab_text name;
  // The words of the message.
  jawab_text text;
  // The value in its standard form, where it is a text; absent where it is a number.
  jawab_text value;
  // The value where it is a number, else 0.
  double number;
  // First byte in the message.
  uint32_t start;
  // Byte after the last one.
  uint32_t end;
} jawab_slot;

// What can be changed of an engine without compiling its rules again.
typedef struct {
  // Least confidence to answer, 0 to 1.
  double threshold;
  // Least lead over the runner-up, 0 to 1.
  double margin;
  // Whether to ask which rule was meant where two are too close (1) or to hand off (0).
  int32_t clarify;
} jawab_settings;

// A rule file in memory.
typedef struct {
  // Stands for the file in problems.
  jawab_text name;
  // YAML; bytes that are no UTF-8 are a problem of the file.
  jawab_text text;
} jawab_source;

// A message with the rule that is right for it.
typedef struct {
  // As the customer wrote it.
  jawab_text text;
  // The rule that should decide it; absent or empty where none may.
  jawab_text intent;
  // Facts about it; NULL where there are none.
  const jawab_context *context;
} jawab_labelled;

// One problem in a rule file. The texts live as long as the handle it was asked of.
typedef struct {
  // A `jawab_severity`.
  int32_t severity;
  // The named code, `unknown-team`.
  jawab_text code;
  // What is wrong, in one sentence.
  jawab_text message;
  // What to write instead; may be absent.
  jawab_text help;
  // The file as it was named to the loader.
  jawab_text file;
  // Line, from 1.
  uint32_t line;
  // Column in characters, from 1.
  uint32_t column;
  // First byte in the file.
  uint32_t start;
  // Byte after the last one.
  uint32_t end;
} jawab_diagnostic;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

// The `JAWAB_ABI_VERSION` of the library that runs: compare it with that of the header once, at start. Cannot fail.
// Threads: any.
uint32_t jawab_abi_version(void);

// No facts yet. Owned: free it with `jawab_context_free`. Threads: any.
jawab_status jawab_context_new(jawab_context **context,
                               jawab_error **error);

// Facts from a JSON object; a dot in a key reaches into an object. Anything else is JAWAB_STATUS_INVALID_JSON. Owned:
// free it with `jawab_context_free`. Threads: any.
jawab_status jawab_context_from_json(const char *json,
                                     size_t json_len,
                                     jawab_context **context,
                                     jawab_error **error);

// Frees facts, also while decisions that used them live. Threads: one.
void jawab_context_free(jawab_context *context);

// Sets a fact to a text; a dot in the key reaches into an object: `customer.name`. Threads: one.
jawab_status jawab_context_set_text(jawab_context *context,
                                    const char *key,
                                    size_t key_len,
                                    const char *value,
                                    size_t value_len,
                                    jawab_error **error);

// Sets a fact to a value of JSON: `3`, `true`, `["new", "gold"]`; a dot in the key reaches into an object. Anything
// else is JAWAB_STATUS_INVALID_JSON. Threads: one.
jawab_status jawab_context_set_json(jawab_context *context,
                                    const char *key,
                                    size_t key_len,
                                    const char *json,
                                    size_t json_len,
                                    jawab_error **error);

// A new conversation. The facts hold for all its messages and may be NULL; up to 1 KiB of them is saved with the state,
// as they are. Keeps what it needs of the engine. Owned: free it with `jawab_conversation_free`. Threads: any.
jawab_status jawab_conversation_new(const jawab_engine *engine,
                                    const jawab_context *context,
                                    jawab_conversation **conversation,
                                    jawab_error **error);

// A conversation that `jawab_conversation_to_json` saved, with these rules or earlier ones: rules are known by their
// ids, and what depends on those that are gone is forgotten. A text that is no state, is damaged or is of another
// version is JAWAB_STATUS_STATE. Owned: free it with `jawab_conversation_free`. Threads: any.
jawab_status jawab_engine_resume(const jawab_engine *engine,
                                 const char *state,
                                 size_t state_len,
                                 jawab_conversation **conversation,
                                 jawab_error **error);

// Decides the next message. `context` has facts of this message, beside those of the conversation, and may be NULL; the
// fact `id` tells a message that comes again. Takes time linear in the message. Owned: free the decision with
// `jawab_decision_free`. Threads: one, another is refused with JAWAB_STATUS_BUSY.
jawab_status jawab_conversation_decide(const jawab_conversation *conversation,
                                       const char *text,
                                       size_t text_len,
                                       const jawab_context *context,
                                       jawab_decision **decision,
                                       jawab_error **error);

// Decides several messages that the customer has typed in a burst: judged together, as if they were one, and apart.
// Otherwise as `jawab_conversation_decide`; spans are those of the texts joined by line breaks.
jawab_status jawab_conversation_decide_burst(const jawab_conversation *conversation,
                                             const jawab_message *messages,
                                             size_t messages_len,
                                             jawab_decision **decision,
                                             jawab_error **error);

// The state as JSON of at most 4,000 bytes, secrets in messages masked; `jawab_engine_resume` goes on with it. Owned: free it with
// `jawab_string_free`. Threads: one, another is refused with JAWAB_STATUS_BUSY.
jawab_status jawab_conversation_to_json(const jawab_conversation *conversation,
                                        jawab_string **json,
                                        jawab_error **error);

// Frees a conversation, also while decisions of it live. Threads: one.
void jawab_conversation_free(jawab_conversation *conversation);

// What to do, a `jawab_action`. Threads: any.
jawab_status jawab_decision_action(const jawab_decision *decision,
                                   int32_t *action,
                                   jawab_error **error);

// A text of the decision, a `jawab_field`; absent where the decision has none. Lives as long as `decision`. Threads:
// any.
jawab_status jawab_decision_field(const jawab_decision *decision,
                                  int32_t field,
                                  jawab_text *text,
                                  jawab_error **error);

// A number of the decision, a `jawab_number`; -1 where the decision has none. Threads: any.
jawab_status jawab_decision_number(const jawab_decision *decision,
                                   int32_t number,
                                   double *value,
                                   jawab_error **error);

// How long a list of the decision is, a `jawab_list`. Threads: any.
jawab_status jawab_decision_len(const jawab_decision *decision,
                                int32_t list,
                                size_t *len,
                                jawab_error **error);

// An entry of JAWAB_LIST_CANDIDATES, by index from 0. Its text lives as long as `decision`. Threads: any.
jawab_status jawab_decision_candidate(const jawab_decision *decision,
                                      size_t index,
                                      jawab_candidate *candidate,
                                      jawab_error **error);

// An entry of JAWAB_LIST_OPTIONS, by index from 0. Its texts live as long as `decision`. Threads: any.
jawab_status jawab_decision_option(const jawab_decision *decision,
                                   size_t index,
                                   jawab_option *option,
                                   jawab_error **error);

// An entry of JAWAB_LIST_SLOTS or JAWAB_LIST_FIELDS, by index from 0. Its texts live as long as `decision`. Threads:
// any.
jawab_status jawab_decision_slot(const jawab_decision *decision,
                                 int32_t list,
                                 size_t index,
                                 jawab_slot *slot,
                                 jawab_error **error);

// An entry of JAWAB_LIST_MISSING or JAWAB_LIST_TAGS, by index from 0. Lives as long as `decision`. Threads: any.
jawab_status jawab_decision_name(const jawab_decision *decision,
                                 int32_t list,
                                 size_t index,
                                 jawab_text *name,
                                 jawab_error **error);

// The decision as one line of JSON: equal decisions are equal bytes. Lives as long as `decision`. Threads: any.
jawab_status jawab_decision_to_json(const jawab_decision *decision,
                                    jawab_text *json,
                                    jawab_error **error);

// Frees a decision. Threads: one.
void jawab_decision_free(jawab_decision *decision);

// Compiles the patterns of a rule set and learns from its questions. The engine keeps what it needs of the rules.
// Owned: free it with `jawab_engine_free`. Threads: any.
jawab_status jawab_engine_new(const jawab_rule_set *rules,
                              jawab_engine **engine,
                              jawab_error **error);

// Loads a rule file or a folder of them, or opens compiled rules, and makes it ready. Owned: free it with `jawab_engine_free`. Threads: any.
jawab_status jawab_engine_from_path(const char *path,
                                    size_t path_len,
                                    jawab_engine **engine,
                                    jawab_error **error);

// Frees an engine, also while matchers and decisions of it live. Threads: one.
void jawab_engine_free(jawab_engine *engine);

// The rules of an engine. Owned: free them with `jawab_rule_set_free`. Threads: any.
jawab_status jawab_engine_rules(const jawab_engine *engine,
                                jawab_rule_set **rules,
                                jawab_error **error);

// The settings in force. Threads: any.
jawab_status jawab_engine_settings(const jawab_engine *engine,
                                   jawab_settings *settings,
                                   jawab_error **error);

// The same engine with other settings; nothing is compiled again, and both share their memory. A share outside 0 to 1
// is JAWAB_STATUS_OUT_OF_RANGE. Owned: free it with `jawab_engine_free`. Threads: any.
jawab_status jawab_engine_with_settings(const jawab_engine *engine,
                                        const jawab_settings *settings,
                                        jawab_engine **changed,
                                        jawab_error **error);

// Decides one message; `context` may be NULL. Takes time linear in the message. Owned: free the decision with
// `jawab_decision_free`. Threads: any; one that decides many messages is faster with a matcher of its own.
jawab_status jawab_engine_decide(const jawab_engine *engine,
                                 const char *text,
                                 size_t text_len,
                                 const jawab_context *context,
                                 jawab_decision **decision,
                                 jawab_error **error);

// A matcher of an engine; it keeps what it needs of it. Owned: free it with `jawab_matcher_free`. Threads: any.
jawab_status jawab_matcher_new(const jawab_engine *engine,
                               jawab_matcher **matcher,
                               jawab_error **error);

// As `jawab_engine_decide`, without making buffers anew. Threads: one, another is refused with JAWAB_STATUS_BUSY.
jawab_status jawab_matcher_decide(const jawab_matcher *matcher,
                                  const char *text,
                                  size_t text_len,
                                  const jawab_context *context,
                                  jawab_decision **decision,
                                  jawab_error **error);

// Frees a matcher. Threads: one.
void jawab_matcher_free(jawab_matcher *matcher);

// Decides many messages on at most `threads` threads (0 counts as 1, more than 256 as 256), which end before the call
// does. Writes `messages_len` decisions to the array `decisions`, in the order of the messages, or NULL to all of them
// where the call fails. Owned: free each with `jawab_decision_free`. Threads: any.
jawab_status jawab_engine_decide_many(const jawab_engine *engine,
                                      const jawab_message *messages,
                                      size_t messages_len,
                                      size_t threads,
                                      jawab_decision **decisions,
                                      jawab_error **error);

// Decides one message and tells each step, in a `jawab_format`; `context` may be NULL. Owned: free it with
// `jawab_string_free`. Threads: any.
jawab_status jawab_engine_explain(const jawab_engine *engine,
                                  const char *text,
                                  size_t text_len,
                                  const jawab_context *context,
                                  int32_t format,
                                  jawab_string **explanation,
                                  jawab_error **error);

// Why a rule did not decide a message: the first condition that failed, in a `jawab_format`; `context` may be NULL.
// Writes NULL where the rule did decide, and where there is no such rule. Owned: free it with `jawab_string_free`.
// Threads: any.
jawab_status jawab_engine_why_not(const jawab_engine *engine,
                                  const char *text,
                                  size_t text_len,
                                  const jawab_context *context,
                                  const char *rule,
                                  size_t rule_len,
                                  int32_t format,
                                  jawab_string **answer,
                                  jawab_error **error);

// Runs the tests that stand beside the rules; the report as JSON. Owned: free it with `jawab_string_free`. Threads: any.
jawab_status jawab_engine_rule_tests(const jawab_engine *engine,
                                     jawab_string **report,
                                     jawab_error **error);

// Decides all messages of scenario files and counts how they end, and runs their conversations, where `failures` lists
// what was not as expected; the score as JSON. Owned: free it with `jawab_string_free`. Threads: any.
jawab_status jawab_engine_score(const jawab_engine *engine,
                                const jawab_source *scenarios,
                                size_t scenarios_len,
                                jawab_string **score,
                                jawab_error **error);

// Decides labelled messages and tells all figures: accuracy, wrong answers, calibration and more; the evaluation as
// JSON. Owned: free it with `jawab_string_free`. Threads: any.
jawab_status jawab_engine_evaluate(const jawab_engine *engine,
                                   const jawab_labelled *labelled,
                                   size_t labelled_len,
                                   jawab_string **evaluation,
                                   jawab_error **error);

// Frees an error. Threads: one.
void jawab_error_free(jawab_error *error);

// The status that the failed call gave; JAWAB_STATUS_OK of NULL. Cannot fail. Threads: any.
jawab_status jawab_error_status(const jawab_error *error);

// What went wrong, for people: lower case, one line a problem. Absent of NULL. Cannot fail. Threads: any.
jawab_text jawab_error_message(const jawab_error *error);

// How many problems of rule files the error lists; 0 of NULL. Cannot fail. Threads: any.
size_t jawab_error_diagnostics_len(const jawab_error *error);

// A problem of a rule file, by index from 0, sorted by place. Its texts live as long as `error`. Threads: any.
jawab_status jawab_error_diagnostic(const jawab_error *error,
                                    size_t index,
                                    jawab_diagnostic *diagnostic);

// All problems with their further places, as a JSON list; `[]` where the error lists none. Absent of NULL. Cannot
// fail. Threads: any.
jawab_text jawab_error_diagnostics_to_json(const jawab_error *error);

// Replaces passwords, codes, card, identity, account and telephone numbers and addresses in a text by their kind in
// brackets, such as `[phone]`. In a `jawab_format`: the text, or JSON with the text and what was `found`. Needs no
// rules. Owned: free it with `jawab_string_free`. Threads: any.
jawab_status jawab_mask(const char *text,
                        size_t text_len,
                        int32_t format,
                        jawab_string **masked,
                        jawab_error **error);

// Limits from a JSON object of numbers, `{"rules": 500}`; those that are left out keep their default: `file_bytes` of one
// file (64 MiB), `total_bytes` of all (256 MiB), `files` (10,000), `nodes`, which are values in all files (4,000,000),
// `aliased_nodes` with an anchor or an alias (100,000), `depth` of lists, maps and folders (64, at most 200), `rules`
// (200,000), `questions_per_rule` (10,000), `text_bytes` of one text (64 KiB), `problems` told at once (1,000). Anything
// else is JAWAB_STATUS_INVALID_JSON. Owned: free them with `jawab_limits_free`. Threads: any.
jawab_status jawab_limits_from_json(const char *json,
                                    size_t json_len,
                                    jawab_limits **limits,
                                    jawab_error **error);

// Frees limits. Threads: one.
void jawab_limits_free(jawab_limits *limits);

// Reads a rule file, or all of a folder and its folders but those named `tests`. All problems of all files come with
// the error. Owned: free it with `jawab_rule_set_free`. Threads: any.
jawab_status jawab_rule_set_from_path(const char *path,
                                      size_t path_len,
                                      jawab_rule_set **rules,
                                      jawab_error **error);

// Reads one text; `name` stands for the file in problems. Owned: free it with `jawab_rule_set_free`. Threads: any.
jawab_status jawab_rule_set_from_yaml(const char *name,
                                      size_t name_len,
                                      const char *yaml,
                                      size_t yaml_len,
                                      jawab_rule_set **rules,
                                      jawab_error **error);

// Reads several texts as one set; `limits` may be NULL for the default ones. Owned: free it with
// `jawab_rule_set_free`. Threads: any.
jawab_status jawab_rule_set_from_sources(const jawab_source *sources,
                                         size_t sources_len,
                                         const jawab_limits *limits,
                                         jawab_rule_set **rules,
                                         jawab_error **error);

// Frees a rule set, also while engines made of it live. Threads: one.
void jawab_rule_set_free(jawab_rule_set *rules);

// How many warnings loading gave. Threads: any.
jawab_status jawab_rule_set_warnings_len(const jawab_rule_set *rules,
                                         size_t *len,
                                         jawab_error **error);

// A warning, by index from 0. Its texts live as long as `rules`. Threads: any.
jawab_status jawab_rule_set_warning(const jawab_rule_set *rules,
                                    size_t index,
                                    jawab_diagnostic *warning,
                                    jawab_error **error);

// All warnings as a JSON list. Owned: free it with `jawab_string_free`. Threads: any.
jawab_status jawab_rule_set_warnings_to_json(const jawab_rule_set *rules,
                                             jawab_string **json,
                                             jawab_error **error);

// A name for exactly these rules, `b3:…`: equal for equal texts in equal order. Lives as long as `rules`. Threads: any.
jawab_status jawab_rule_set_fingerprint(const jawab_rule_set *rules,
                                        jawab_text *fingerprint,
                                        jawab_error **error);

// What the rules are called and where they stand, in the order of the files, as a JSON list: `id`, `action`, `priority`,
// `questions`, `patterns`, `place`. Owned: free it with `jawab_string_free`. Threads: any.
jawab_status jawab_rule_set_rules_to_json(const jawab_rule_set *rules,
                                          jawab_string **json,
                                          jawab_error **error);

// The settings as they are written, with the defaults of those that are not, as a JSON object: `languages`,
// `threshold` (null: computed), `margin`, `clarify`. Owned: free it with `jawab_string_free`. Threads: any.
jawab_status jawab_rule_set_settings_to_json(const jawab_rule_set *rules,
                                             jawab_string **json,
                                             jawab_error **error);

// Frees a text. Threads: one.
void jawab_string_free(jawab_string *string);

// The bytes of a text; they live as long as `string`. Threads: any.
jawab_status jawab_string_text(const jawab_string *string,
                               jawab_text *text,
                               jawab_error **error);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* JAWAB_H */
