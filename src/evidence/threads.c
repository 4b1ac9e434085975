/* Work on many files side by side: the only threads of the library. */
#include "inside.h"

#include <pthread.h>
#include <stdatomic.h>

typedef struct crew {
  atomic_size_t next;
  size_t n;
  void (*work)(void *of, size_t item, int worker);
  void *of;
} crew;

typedef struct member { crew *crew; int number; pthread_t thread; } member;

static void *take_items(void *of) {
  member *m = of;
  crew *c = m->crew;
  for (size_t i; (i = atomic_fetch_add(&c->next, 1)) < c->n;) c->work(c->of, i, m->number);
  return NULL;
}

int ari_jobs_count(int jobs, size_t n) {
  if (jobs > ARI_JOBS) jobs = ARI_JOBS;
  if (jobs < 1) jobs = 1;
  return (size_t)jobs > n ? (int)n : jobs;
}

/* The caller works too. A thread that cannot be started leaves its share to the others. */
void ari_jobs_run(int jobs, size_t n, void (*work)(void *of, size_t item, int worker), void *of) {
  crew c = {.n = n, .work = work, .of = of};
  member members[ARI_JOBS];
  int started = 1;
  members[0] = (member){.crew = &c};
  for (int i = 1; i < ari_jobs_count(jobs, n); i++) {
    members[started] = (member){.crew = &c, .number = started};
    if (pthread_create(&members[started].thread, NULL, take_items, &members[started]) != 0) break;
    started++;
  }
  take_items(&members[0]);
  for (int i = 1; i < started; i++) pthread_join(members[i].thread, NULL);
}
