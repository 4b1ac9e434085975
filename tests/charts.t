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
# Every agency is a dot of the distribution, and no dot lies on another: they are as far apart as their line is wide, but for the rounding of places.
my $spread = slurp("$tmp/all/charts/distribution.svg");
my ($wide, $places) = $spread =~ /<path stroke="#c04a00" stroke-width="([\d.]+)"[^>]* d="([^"]*)"/;
my @dots = map { [split ' '] } $places =~ /M([\d.]+ [\d.]+)h/g;
my $touching = 0;
for my $i (0 .. $#dots) { for my $k (0 .. $i - 1) { $touching++ if ($dots[$i][0] - $dots[$k][0]) ** 2 + ($dots[$i][1] - $dots[$k][1]) ** 2 < ($wide - 0.2) ** 2 } }
ok(@dots == 163 && $touching == 0, 'every agency is a dot, none on another') or print '# ', scalar(@dots), " dots, $touching touch\n";
my $heat = slurp("$tmp/all/charts/heat-department.svg");
my ($said) = $heat =~ m{<desc>([^<]*)</desc>};
my @unsaid = grep { index($said, " $_") < 0 } $heat =~ m{>(\d+,\d+)</text>}g;
ok(!@unsaid && @{[$said =~ /\d,\d/g]} > 200, 'what a heat map says of itself has all of its figures') or print "# @unsaid\n";
my $report = slurp("$tmp/all/report.html");
ok(@{[$report =~ /<svg /g]} == 335, 'and all pictures are in the report');

my $small = "$top/tests/golden/W0701";
for my $jobs (1, 8) { ok(run($small, "$small/evidence.csv", "$tmp/$jobs", '--period', '2026', '-j', $jobs) == 0, "-j $jobs") }
my @differ = grep { slurp("$tmp/1/charts/$_") ne slurp("$tmp/8/charts/$_") } charts("$tmp/1");
ok(charts("$tmp/1") == 7 && !@differ, 'give the same bytes') or print "# @differ\n";

print "1..$count\n";
