#include "report.h"
ari_status ari_form_workbook(ari_form *form, ari_sink to) { (void)form, (void)to; return ARI_MISUSE; }
