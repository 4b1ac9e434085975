/* store: one SQLite file keeps a round: the files it accepted, the log, and the results that follow from them.
 * A round is the list of files it accepted: reading a database gives the same bytes to the same path (score's ari_work_read_sources), so results
 * are derived again and never believed. Methodology: src/README.md, "The store". */
#ifndef ARI_STORE_H
#define ARI_STORE_H

#include "score/score.h"

/* Makes a new database at `path` (which must not exist) with one round of state `trial` that holds the work's files, options, log, results and
 * ranking. fsynced. */
ari_status ari_store_write_trial(ari_work *work, const char *path) ARI_USE_RESULT;

/* Whether a new trial may take the place of what stands at `path`: of nothing, or of a database of ours that holds trials only. Else a finding and
 * ARI_MACHINE: a real round is never overwritten, nor is a file that cannot be seen to be a trial. */
ari_status ari_store_may_replace(const char *path, ari_findings *fs) ARI_USE_RESULT;
/* Puts a finished database there, if that may still be done. */
ari_status ari_store_replace(const char *from, const char *path, ari_findings *fs) ARI_USE_RESULT;

/* ari_work_read_database, ari_is_database, ari_read_log, ari_verify and ari_backup of ari.h are implemented here. */

#endif
