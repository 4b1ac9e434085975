#include "score.h"
ari_status ari_package_verify(ari_work *work, ari_package *p, const char *path) { (void)work, (void)p, (void)path; return ARI_OK; }
