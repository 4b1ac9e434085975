#!/usr/bin/perl
# The charts of the shipped set with its 163 agencies, and that the number of processes changes no byte.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(dirname);
use File::Temp qw(tempdir);

my $top = abs_path(dirname($0) . '/..');
my $out = $ENV{ARI_OUT} or die "ARI_OUT is not set: run through make\n";
my $tmp = tempdir(CLEANUP => 1);
my $count = 0;

sub ok($$;@) { my ($good, $name) = @_; $count++; print(($good ? '' : 'not '), "ok $count - $name\n"); return $good }
sub slurp { my ($path) = @_; open(my $f, '<:raw', $path) or return ''; local $/; return <$f> // '' }

sub run {
  my ($set, $evidence, $to, @more) = @_;
  my $pid = fork // die "fork: $!";
  if ($pid == 0) {
    open(STDOUT, '>', "$to.out") or die;
    open(STDERR, '>', "$to.err") or die;
    delete $ENV{ARI_GNUPLOT};
    $ENV{SOURCE_DATE_EPOCH} = 1788220800;
    exec { "$out/ari" } "$out/ari", 'run', $set, $evidence, '-o', $to, @more or exit 127;
  }
  waitpid $pid, 0;
  return $?;
}

sub charts { my ($to) = @_; return map { s{.*/}{}r } sort glob "$to/charts/*.svg" }

my $set = "$top/criteria/service-quality-766";
my ($evidence) = glob "$set/example/*.csv";
ok(run($set, $evidence, "$tmp/all", '--period', '2026-08', '-j', 2) == 0, 'the shipped example runs') or print slurp("$tmp/all.err") =~ s/^/# /mgr;
my @charts = charts("$tmp/all");
# 15 departments and 148 communes: of each group a ranking and a heat map, the communes' on three pages of at most 50; one distribution; two of each agency.
my %drawn;
$drawn{/^([a-z]+)/ ? $1 : ''}++ for @charts;
my $drawn = join ' ', map { "$_ $drawn{$_}" } sort keys %drawn;
ok($drawn eq 'distribution 1 heat 4 radar 163 ranking 4 waterfall 163', 'every kind that has something to draw') or print "# $drawn\n";

my @bad = grep {
  my $svg = slurp("$tmp/all/charts/$_");
  $svg !~ m{^<\?xml .*</svg>\s*\z}s || $svg =~ /\sid=|href|<script|<style|<defs|:Bold|sprintf/;
} @charts;
ok(!@bad, 'every picture is whole and has no ids, links or leftovers') or print "# @bad\n";

# Names are wrapped but never cut: all their words stand in the picture, in order.
my $shown = join ' ', map { slurp("$tmp/all/charts/$_") =~ m{<text[^>]*>([^<]*)</text>}g } grep { /^ranking/ } @charts;
my @cut = grep { index($shown, $_) < 0 } map { (split /,/)[1] } grep { !/^\W*id,/ && !/"/ } split /\r?\n/, slurp("$set/agencies.csv");
ok(!@cut, 'every name is there in full') or print map { "# $_\n" } @cut;
my $report = slurp("$tmp/all/report.html");
ok(@{[$report =~ /<svg /g]} == 335, 'and all pictures are in the report');

my $small = "$top/tests/golden/W0701";
for my $jobs (1, 8) { ok(run($small, "$small/evidence.csv", "$tmp/$jobs", '--period', '2026', '-j', $jobs) == 0, "-j $jobs") }
my @differ = grep { slurp("$tmp/1/charts/$_") ne slurp("$tmp/8/charts/$_") } charts("$tmp/1");
ok(charts("$tmp/1") == 7 && !@differ, 'give the same bytes') or print "# @differ\n";

print "1..$count\n";
