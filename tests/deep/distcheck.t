#!/usr/bin/perl
# What git holds is enough to build and install; what is installed works from anywhere, by name; a C program links with the library; uninstall takes all away again.
use strict;
use warnings;
use File::Basename qw(dirname);
use lib dirname($0);
use Deep;

my ($status, $said) = run('sh', '-c', "mkdir $tmp/src && git -C '$top' archive HEAD | tar -x -C $tmp/src");
ok($status eq 0, 'an archive of what is committed', $said);
($status, $said) = run('sh', '-c', "cd $tmp/src && make BUILD=.build PREFIX=$tmp/usr install");
ok($status eq 0, 'it builds and installs', $said);
my $ari = "$tmp/usr/bin/ari";
ok(3 == (() = glob "$tmp/usr/share/man/man[15]/ari*.[15]"), 'the manual is there');
chdir $tmp or die;
($status, $said) = run($ari, 'rank', '--format', 'csv', 'service-quality-766', @real[1 .. 3]);
ok($status eq 0 && $said =~ /^1,H44\.20,department,71\.6,/m, 'a set is found by its name', $said);
open(my $f, '>', "$tmp/use.c") or die;
print $f <<'C';
#include <ari.h>
#include <stdio.h>
int main(int argc, char **argv) {
  ari_options options = {.lang = ARI_EN, .period = "2026-08"};
  ari_work *work = ari_work_new(&options);
  ari_ranking_row row;
  if (argc != 3 || !work || ari_work_read_set(work, argv[1]) != ARI_OK || ari_work_read_evidence(work, (const char *const *)&argv[2], 1) != ARI_OK
      || ari_work_score(work) != ARI_OK || ari_ranking_at(work, 0, &row) != ARI_OK) return 1;
  printf("%s %lld\n", row.agency, (long long)row.points);
  ari_work_free(work);
  return 0;
}
C
close $f;
($status, $said) = run('sh', '-c', "PKG_CONFIG_PATH=$tmp/usr/lib/pkgconfig; export PKG_CONFIG_PATH; cc -std=c11 -Wall -Werror -o $tmp/use $tmp/use.c \$(pkg-config --cflags --static --libs ari)");
ok($status eq 0, 'a C program builds with ari.pc', $said);
($status, $said) = run("$tmp/use", @real[0, 1]);
ok($status eq 0 && $said eq "H44.20 71600000000000\n", 'and scores', $said);
($status, $said) = run('sh', '-c', "cd $tmp/src && make BUILD=.build PREFIX=$tmp/usr uninstall && find $tmp/usr -type f");
ok($status eq 0 && $said !~ m{^\Q$tmp\E/usr/}m, 'uninstall leaves nothing', $said);
done();
