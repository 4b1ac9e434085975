#!/usr/bin/perl
# Each fuzz target for some seconds, from its corpus. What is found is printed, to become a file of the corpus.
use strict;
use warnings;
use File::Basename qw(basename dirname);
use File::Path qw(make_path);
use lib dirname($0);
use Deep;

my $seconds = $ENV{FUZZ_SECONDS} || 20;
my @targets = grep { -x && -f } sort glob("$build/fuzz/targets/*");
ok(@targets > 0, 'there are fuzz targets');
for my $target (@targets) {
  my $name = basename($target);
  make_path("$tmp/$name");
  my @seeds = grep { -d } "$top/tests/corpus/$name";
  my ($status, $said) = run($target, "-max_total_time=$seconds", '-timeout=10', '-rss_limit_mb=2048', '-max_len=4096', '-verbosity=0', '-print_final_stats=0',
                            "-artifact_prefix=$tmp/$name-", "$tmp/$name", @seeds);
  my ($found) = glob("$tmp/$name-*");
  ok($status eq 0, "$name for $seconds s", "status $status", $said, $found ? 'the input, in hex: ' . unpack('H*', slurp($found)) : ());
}
done();
