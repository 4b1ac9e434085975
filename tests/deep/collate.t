#!/usr/bin/perl
# Names in Vietnamese order against ICU itself, which browsers, LibreOffice and databases sort by: the same order of every pair of neighbours.
use strict;
use warnings;
use utf8;
use File::Basename qw(dirname);
use lib dirname($0);
use Deep;

binmode STDOUT, ':utf8';
need('cc');
need('pkg-config');
my $driver = "$build/release/drivers/collate_driver";
-x $driver or do { print "Bail out! $driver is missing: run make test-programs\n"; exit 1 };

# Reads lines; writes them in ICU's order for vi, each with 0 before it when it is equal to the one before, else 1.
open(my $source, '>', "$tmp/icu.c") or die;
print $source <<'C';
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ucol.h>
static UCollator *order;
static int compare(const void *a, const void *b) {
  UErrorCode error = U_ZERO_ERROR;
  return (int)ucol_strcollUTF8(order, *(char *const *)a, -1, *(char *const *)b, -1, &error);
}
int main(void) {
  enum { MOST = 100000 };
  static char *lines[MOST];
  static char line[4096];
  size_t n = 0;
  UErrorCode error = U_ZERO_ERROR;
  order = ucol_open("vi", &error);
  if (U_FAILURE(error) || error == U_USING_DEFAULT_WARNING) return 1;
  while (n < MOST && fgets(line, sizeof line, stdin)) {
    line[strcspn(line, "\n")] = '\0';
    lines[n++] = strdup(line);
  }
  qsort(lines, n, sizeof *lines, compare);
  for (size_t i = 0; i < n; i++) printf("%d%s\n", i == 0 || compare(&lines[i - 1], &lines[i]) != 0, lines[i]);
  return 0;
}
C
close $source;
my ($status, $said) = run('sh', '-c', "cc -D_XOPEN_SOURCE=700 -o $tmp/icu $tmp/icu.c \$(pkg-config --cflags --libs icu-i18n icu-uc)");
ok($status eq '0', 'a program that sorts by ICU', $said) or done();

my $seed = $ENV{ARI_SEED} // 20261123;
srand $seed;
my %names;
for my $file (glob("$top/criteria/*/agencies.csv")) {
  for my $line (split /\r?\n/, slurp($file)) {
    utf8::decode($line);
    my $name = (split /,/, $line)[1];
    $names{$name =~ s/^"|"$//gr} = 1 if defined $name && length $name;
  }
}
# Syllables of every vowel with every tone, of which made-up names are put together, in capitals and small letters.
my @vowels = split //, 'aăâeêioôơuưyAĂÂEÊIOÔƠUƯY';
my @tones = ('', "\x{300}", "\x{309}", "\x{303}", "\x{301}", "\x{323}");
my @begin = ('', qw(b c ch d đ g gh gi h kh l m n ng nh ph qu r s t th tr v x B D Đ Th));
my @end = ('', qw(c ch m n ng nh p t));
require Unicode::Normalize;
sub syllable { return Unicode::Normalize::NFC($begin[rand @begin] . $vowels[rand @vowels] . $tones[rand @tones] . $end[rand @end]) }
$names{join ' ', map { syllable() } 1 .. 1 + rand 4} = 1 for 1 .. 4000;
$names{"$_ 1"} = $names{"$_ 10"} = $names{"$_ 2"} = $names{"Sở $_"} = 1 for map { syllable() } 1 .. 50;

open(my $list, '>:utf8', "$tmp/names") or die;
print $list "$_\n" for sort keys %names;
close $list;
my ($sorted) = run('sh', '-c', "$tmp/icu <$tmp/names >$tmp/sorted");
my @lines = split /\n/, slurp("$tmp/sorted");
ok($sorted eq '0' && @lines == keys %names, 'ICU sorts ' . @lines . " names (seed $seed)");
open(my $plain, '>:raw', "$tmp/plain") or die;
print $plain substr($_, 1), "\n" for @lines;
close $plain;
my ($read) = run('sh', '-c', "$driver <$tmp/plain >$tmp/keys");
my @keys = split /\n/, slurp("$tmp/keys");
my @bad;
for my $i (1 .. $#lines) {
  my ($want, $got) = (-substr($lines[$i], 0, 1), $keys[$i - 1] cmp $keys[$i]);
  my ($a, $b) = map { my $s = substr $lines[$_], 1; utf8::decode($s); $s } $i - 1, $i;
  push @bad, "'$a' and '$b': ICU $want, ari $got" if $want != $got;
}
ok($read eq '0' && @keys == @lines && !@bad, 'ari has the same order of every two neighbours', scalar(@bad), @bad[0 .. ($#bad < 9 ? $#bad : 9)]);
done();
