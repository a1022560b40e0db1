/*
 * What a call costs from C: decides the messages of a file, a line each, again and again.
 *
 *     decide RULES MESSAGES ROUNDS      prints nanoseconds of thread time a message, a line a round
 */

#define _POSIX_C_SOURCE 200809L

#include <jawab.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MESSAGES 4096

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

int main(int argc, char **argv) {
  static char lines[MESSAGES][512];
  static size_t lens[MESSAGES];
  jawab_engine *engine = NULL;
  jawab_matcher *matcher = NULL;
  size_t count = 0;
  FILE *file = argc == 4 ? fopen(argv[2], "r") : NULL;
  if (!file) return 2;
  while (count < MESSAGES && fgets(lines[count], sizeof lines[count], file)) {
    lens[count] = strcspn(lines[count], "\n");
    count++;
  }
  fclose(file);
  if (jawab_engine_from_path(argv[1], strlen(argv[1]), &engine, NULL) != JAWAB_STATUS_OK) return 1;
  jawab_matcher_new(engine, &matcher, NULL);
  for (long round = strtol(argv[3], NULL, 10); round > 0; round--) {
    double start = seconds();
    for (size_t at = 0; at < count; at++) {
      jawab_decision *decision = NULL;
      jawab_error *error = NULL;
      if (jawab_matcher_decide(matcher, lines[at], lens[at], NULL, &decision, &error) != JAWAB_STATUS_OK) return 1;
      jawab_decision_free(decision);
    }
    printf("%.1f\n", 1e9 * (seconds() - start) / (double)count);
  }
  jawab_matcher_free(matcher);
  jawab_engine_free(engine);
  return 0;
}
