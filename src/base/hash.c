/* SHA-256 by libsodium, which needs no initialisation for it. */
#include "base.h"

#include <sodium.h>

void ari_sha256(const void *p, size_t n, char hex[65]) {
  unsigned char sum[crypto_hash_sha256_BYTES];
  crypto_hash_sha256(sum, n ? p : (const void *)"", n);
  sodium_bin2hex(hex, 65, sum, sizeof sum);
}
