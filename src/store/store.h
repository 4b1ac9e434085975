/* store: one SQLite file keeps a round: the files it accepted, the log, and the results that follow from them.
 * A round is the list of files it accepted: reading a database gives the same bytes to the same path (score's ari_work_read_sources), so results
 * are derived again and never believed. Methodology: DESIGN.md 7. */
#ifndef ARI_STORE_H
#define ARI_STORE_H

#include "score/score.h"

/* Makes a new database at `path` (which must not exist) with one round of state `trial` that holds the work's files, options, log, results and ranking. fsynced. */
ari_status ari_store_write_trial(ari_work *work, const char *path) ARI_USE_RESULT;

/* What stands at `path`, before something is put there: nothing, a database of ours with trial rounds only, one that holds a real round, something else. */
typedef enum ari_store_kind { ARI_STORE_NOTHING, ARI_STORE_TRIAL, ARI_STORE_REAL, ARI_STORE_FOREIGN } ari_store_kind;
ari_store_kind ari_store_what(ari_work *work, const char *path);

/* ari_work_read_database and ari_is_database of ari.h are implemented here. */

#endif
