// What the test programs share: a check that goes on, and a text of a literal.

#ifndef CHECK_H
#define CHECK_H

#include "jawab.h"

#include <stdio.h>
#include <string.h>

static int failures;

#define CHECK(what)                                                                                          \
  do {                                                                                                       \
    if (!(what)) {                                                                                           \
      failures++;                                                                                            \
      fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #what);                                             \
    }                                                                                                        \
  } while (0)

// A call that must work, with `&error` as its last argument.
#define WORKS(function, ...)                                                                                 \
  do {                                                                                                       \
    jawab_error *error = NULL;                                                                               \
    jawab_status status = function(__VA_ARGS__, &error);                                                     \
    if (status != JAWAB_STATUS_OK || error) {                                                                \
      jawab_text message = jawab_error_message(error);                                                       \
      failures++;                                                                                            \
      fprintf(stderr, "%s:%d: %s: %.*s\n", __FILE__, __LINE__, #function, (int)message.len, message.data);   \
    }                                                                                                        \
    jawab_error_free(error);                                                                                 \
  } while (0)

// A text and its length, as two arguments.
#define TEXT(literal) literal, sizeof(literal) - 1

static inline jawab_text text_of(const char *text) {
  jawab_text made;
  made.data = text;
  made.len = strlen(text);
  return made;
}

static inline int is(jawab_text text, const char *expected) {
  return text.data && text.len == strlen(expected) && memcmp(text.data, expected, text.len) == 0;
}

static inline int holds(jawab_text text, const char *part) {
  size_t len = strlen(part);
  for (size_t at = 0; at + len <= text.len; at++) {
    if (memcmp(text.data + at, part, len) == 0) return 1;
  }
  return 0;
}

#endif
