#!/usr/bin/perl
# Every command and every unit test under valgrind: no bad access, nothing left behind.
use strict;
use warnings;
use File::Basename qw(basename dirname);
use lib dirname($0);
use Deep;

need('valgrind');
my @valgrind = ('/usr/bin/env', 'valgrind', '-q', '--error-exitcode=77', '--leak-check=full', '--errors-for-leak-kinds=definite,indirect,possible');
my $ari = "$build/debug/ari";
my %job = (
  'check' => [0, 'check', "$top/tests/data/small", $small[1]],
  'check what is wrong' => [1, 'check', "$top/tests/data/small/bad.yaml"],
  'rank' => [0, 'rank', @small],
  'score' => [0, 'score', @small],
  'explain' => [0, 'explain', @small, '--agency', 'a1'],
  'codes' => [0, 'codes'],
  'run' => [0, 'run', @small, '-o', "$tmp/results"],
  'the real example' => [0, 'rank', '-j', 1, '--format', 'csv', @real],
);
for my $name (sort keys %job) {
  my ($want, @words) = @{$job{$name}};
  my ($status, $said) = run(@valgrind, $ari, @words);
  ok($status eq $want, $name, "status $status", $said);
}
my ($status, $said) = run(@valgrind, $ari, 'rank', "$tmp/results/ari.db");
ok($status eq 0, 'reading a database', "status $status", $said);
for my $unit (sort glob("$build/debug/unit/*.t")) {
  next if basename($unit) =~ /process|chart_draw|random|yaml_traps|criteria_rules|store_read|base_date/;   # many children, or many thousands of cases: the sanitizers have them
  my ($unit_status, $unit_said) = run('/usr/bin/timeout', 300, @valgrind, $unit);
  ok($unit_status eq 0 && $unit_said !~ /^not ok/m, basename($unit), "status $unit_status", grep { /^(?:==|not ok|#)/ } split /\n/, $unit_said);
}
done();
