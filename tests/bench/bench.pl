#!/usr/bin/perl
# `make bench`: how fast, against floors measured in the same run. Figures are medians of several runs and ratios; nothing here passes or fails. With one job processor time is
# compared, with two the clock, so that a busy machine does not spoil the ratios.
# A record is one criterion of one agency with its two counts.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(dirname);
use File::Path qw(make_path);
use File::Temp qw(tempdir);
use lib abs_path(dirname($0) . '/..');
use Form qw(workbook zip);

my $top = abs_path(dirname($0) . '/../..');
my $out = $ENV{ARI_OUT} or die "ARI_OUT is not set: run through make\n";
my ($ari, $measure, $events) = ("$out/ari", "$out/bench/measure", "$out/bench/events");
my $tmp = tempdir(CLEANUP => 1);
our $runs = $ENV{BENCH_RUNS} || 3;
require "$top/tests/bench/rounds.pl";
require "$top/tests/bench/agency.pl";
$ENV{SOURCE_DATE_EPOCH} = 1788220800;
srand 20260831;

sub write_file { my ($path, $text) = @_; open(my $f, '>:raw', $path) or die "$path: $!"; print $f $text; close $f or die "$path: $!" }
sub slurp { my ($path) = @_; open(my $f, '<:raw', $path) or die "$path: $!"; local $/; return <$f> }
sub median { my @s = sort { $a <=> $b } @_; return $s[@s / 2] }

# Runs a command; gives median wall, median processor time, greatest memory.
sub timed {
  my ($input, $want, @words) = @_;
  my (@wall, @cpu, $peak);
  for (1 .. $runs) {
    open(my $p, '-|', $measure, $input, @words) or die;
    my ($status, $wall, $cpu, $memory) = split ' ', scalar <$p>;
    close $p;
    die "status $status, not $want: @words\n" if defined $want && $status != $want;
    push @wall, $wall;
    push @cpu, $cpu;
    $peak = $memory if !defined $peak || $memory > $peak;
  }
  return (median(@wall), median(@cpu), $peak);
}

# ---- material ----

my $real = "$top/criteria/service-quality-766";
my $real_csv = "$real/example/evidence-2026-08.csv";

# The real evidence as one YAML file an agency.
sub make_real_yaml {
  my ($folder) = @_;
  make_path($folder);
  my ($head, @rows) = split /\n/, slurp($real_csv);
  $head =~ s/^\xEF\xBB\xBF//;
  my @columns = split /,/, $head;
  my @paths;
  my $records = 0;
  for my $row (@rows) {
    my @values = split /,/, $row;
    my (%leaf, @order);
    for my $i (1 .. $#columns) {
      next if $columns[$i] eq 'period' || !defined $values[$i] || $values[$i] eq '';
      my ($leaf, $input) = $columns[$i] =~ /^(.*)\.([^.]+)$/ or next;
      push @order, $leaf unless $leaf{$leaf};
      push @{$leaf{$leaf}}, "    $input: $values[$i]\n";
    }
    $records += @order;
    my $path = "$folder/$values[0].yaml";
    write_file($path, "ari: evidence/1\nset: service-quality-766\nagency: $values[0]\nperiod: 2026-08\nevidence:\n" . join('', map { "  $_:\n" . join('', @{$leaf{$_}}) } @order));
    push @paths, $path;
  }
  return ($records, @paths);
}

# `agencies` × `leaves`, two counts each, as a set, YAML files and one CSV file.
sub make_generated {
  my ($folder, $agencies, $leaves) = @_;
  make_path("$folder/set", "$folder/yaml");
  my $set = "ari: criteria/1\nid: generated\ntitle: Generated\nperiod: year\nrounding: {leaf: 2}\ncriteria:\n";
  for my $field (1 .. 10) {
    $set .= "  - id: f$field\n    title: Field $field\n    criteria:\n";
    $set .= "      - {id: f$field.c$_, title: Criterion $_, max: 1, inputs: {done: count, due: count}, score: {share: done / due}, empty: zero}\n" for 1 .. $leaves / 10;
  }
  write_file("$folder/set/criteria.yaml", $set);
  write_file("$folder/set/agencies.csv", "id,name,group\n" . join('', map { "a$_,Agency $_,g" . ($_ % 5) . "\n" } 1 .. $agencies));
  my @ids = map { my $f = $_; map { "f$f.c$_" } 1 .. $leaves / 10 } 1 .. 10;
  open(my $csv, '>', "$folder/evidence.csv") or die;
  print $csv join(',', 'agency', 'period', map { ("$_.done", "$_.due") } @ids), "\n";
  for my $a (1 .. $agencies) {
    my @figures = map { my $due = 1 + int rand 9000; (int(rand($due + 1)), $due) } @ids;
    print $csv join(',', "a$a", 2026, @figures), "\n";
    my $text = "ari: evidence/1\nset: generated\nagency: a$a\nperiod: 2026\nevidence:\n";
    $text .= "  $ids[$_]:\n    done: $figures[2 * $_]\n    due: $figures[2 * $_ + 1]\n" for 0 .. $#ids;
    write_file("$folder/yaml/a$a.yaml", $text);
  }
  close $csv or die;
  return ($agencies * @ids, map { "$folder/yaml/a$_.yaml" } 1 .. $agencies);
}

# ---- scoring ----

sub bench_scoring {
  my ($name, $set, $yaml, $csv, $records, $period, @paths) = @_;
  my $bytes = 0;
  $bytes += -s $_ for @paths;
  write_file("$tmp/list", join("\n", @paths) . "\n");
  my ($floor_wall, $floor) = timed("$tmp/list", 0, $events);
  printf "\n%s: %d records, %.1f MB of YAML (%.0f bytes a record), %.1f MB of CSV\n", $name, $records, $bytes / 1e6, $bytes / $records, (-s $csv) / 1e6;
  printf "  %-34s %8.3f s %10.0f records/s   %6.1f MB/s\n", 'floor: libyaml events', $floor, $records / $floor, $bytes / $floor / 1e6;
  my $yaml_cpu;
  for my $jobs (1, 2) {
    my ($wall, $cpu, $peak) = timed('/dev/null', 0, $ari, 'rank', '-j', $jobs, '--format', 'csv', @$period, $set, $yaml);
    $yaml_cpu = $cpu if $jobs == 1;
    my ($ours, $bare) = $jobs == 1 ? ($cpu, $floor) : ($wall, $floor_wall);
    printf "  %-34s %8.3f s %10.0f records/s   ratio to floor %.2f   peak %.0f MiB\n", "YAML to ranks, $jobs job" . ($jobs > 1 ? 's' : ''), $ours, $records / $ours, $bare / $ours, $peak;
  }
  my (undef, $cpu, $peak) = timed('/dev/null', 0, $ari, 'rank', '-j', 1, '--format', 'csv', @$period, $set, $csv);
  printf "  %-34s %8.3f s %10.0f records/s   ratio to floor %.2f   %.1f x YAML   peak %.0f MiB\n", 'CSV to ranks, 1 job', $cpu, $records / $cpu, $floor / $cpu, $yaml_cpu / $cpu, $peak;
  system 'rm', '-rf', "$tmp/results-auto";
  for my $charts ('none', 'auto') {
    next if $charts eq 'auto' && $records > 100000;   # charts of thousands of agencies are no use to anybody
    my ($run_wall, undef, $run_peak) = timed('/dev/null', 0, $ari, 'run', "--charts=$charts", @$period, $set, $csv, '-o', "$tmp/results-$charts");
    printf "  %-34s %8.3f s   peak %.0f MiB\n", 'run, ' . ($charts eq 'none' ? 'without charts' : 'with charts'), $run_wall, $run_peak;
  }
  if (-e "$tmp/results-auto/report.html" && $records <= 100000) {
    my ($wall, $cpu, $peak) = timed('/dev/null', 0, $ari, 'report', @$period, $set, $csv, '-o', "$tmp/bench.html");
    my $charts = () = slurp("$tmp/bench.html") =~ /<svg /g;
    printf "  %-34s %8.3f s   %.3f s of processors   peak %.0f MiB   %.2f MB with %d charts\n", 'report.html with all its charts', $wall, $cpu, $peak, (-s "$tmp/bench.html") / 1e6, $charts;
  } else {
    my ($wall, $cpu, $peak) = timed('/dev/null', 0, $ari, 'report', '--charts', 'none', @$period, $set, $csv, '-o', "$tmp/bench.html");
    printf "  %-34s %8.3f s   %.3f s of processors   peak %.0f MiB\n", 'report.html, streamed', $wall, $cpu, $peak;
  }
  printf "  %-34s %8.1f MB report.html, %.1f MB ari.db\n", 'sizes', (-s "$tmp/results-none/report.html") / 1e6, (-s "$tmp/results-none/ari.db") / 1e6;
}

my ($real_records, @real_paths) = make_real_yaml("$tmp/real");
bench_scoring('163 real agencies', $real, "$tmp/real", $real_csv, $real_records, ['--period', '2026-08'], @real_paths);
for my $agencies ($ENV{BENCH_AGENCIES} ? ($ENV{BENCH_AGENCIES}) : (1000, 10000)) {
  my ($records, @paths) = make_generated("$tmp/generated-$agencies", $agencies, 100);
  bench_scoring("$agencies generated agencies x 100 criteria", "$tmp/generated-$agencies/set", "$tmp/generated-$agencies/yaml", "$tmp/generated-$agencies/evidence.csv", $records, [], @paths);
}

# ---- whole rounds ----

bench_round('163 real agencies', $ari, $tmp, $real, $real_csv, '2026-08', 'service-quality-766', 'progress', 'on_time', slurp($real_csv) =~ /^(H[\d.]+),/mg);
for my $agencies ($ENV{BENCH_AGENCIES} || 10000) {
  my $folder = "$tmp/generated-$agencies";
  bench_round('generated agencies x 100 criteria', $ari, $tmp, "$folder/set", "$folder/evidence.csv", 2026, 'generated', 'f1.c1', 'done', map { "a$_" } 1 .. $agencies);
}

# ---- what an agency does ----

bench_agency($ari, $tmp, $top);

# ---- files made to hurt: answered at once ----

print "\nfiles made to hurt (all but the last are refused with status 1)\n";
write_file("$tmp/brackets.yaml", "ari: evidence/1\nevidence: " . '[' x 1000000);
write_file("$tmp/cycle.yaml", "ari: evidence/1\nevidence: &a [*a]\n");
write_file("$tmp/anchors.yaml", "ari: evidence/1\nevidence:\n" . join('', map { "  k$_: &a$_ x\n" } 1 .. 40000));
write_file("$tmp/invalid.yaml", "ari: evidence/1\nagency: \xC3(\n");
write_file("$tmp/nul.yaml", "ari: evidence/1\nagency: a\0b\n");
write_file("$tmp/utf16.csv", "\xFF\xFEa\0g\0e\0n\0c\0y\0\n\0");
write_file("$tmp/empty.yaml", '');
{ open(my $f, '>', "$tmp/zeros.csv") or die; truncate $f, 200 << 20; }
write_file("$tmp/wide.csv", 'agency' . ',x.y' x 200000 . "\n");
for my $file (qw(brackets.yaml cycle.yaml anchors.yaml invalid.yaml nul.yaml utf16.csv empty.yaml zeros.csv wide.csv)) {
  my ($wall, undef, $peak) = timed('/dev/null', 1, $ari, 'check', "$real/criteria.yaml", "$real/agencies.csv", "$tmp/$file");
  printf "  %-34s %8.3f s   peak %.0f MiB\n", $file, $wall, $peak;
}
my $rows = join('', map { "<row r=\"$_\"><c><v>$_</v></c></row>" } 1 .. 900_000);
my $entities = '<!DOCTYPE sst [<!ENTITY a "aaaaaaaaaa">' . join('', map { '<!ENTITY ' . chr(97 + $_) . ' "' . ('&' . chr(96 + $_) . ';') x 10 . '">' } 1 .. 9) . ']><sst><si><t>&j;</t></si></sst>';
my @forms = (
  ['bomb.xlsx', zip(['_rels/.rels', "\0" x 30_000_000])],
  ['entities.xlsx', workbook([{name => 'A', rows => []}], parts => {'xl/sharedStrings.xml' => $entities})],
  ['sheet-of-31-MB.xlsx', workbook([{name => 'A', rows => []}], parts => {'xl/worksheets/sheet1.xml' => "<worksheet><sheetData>$rows</sheetData></worksheet>"})],
  ['part-of-40-MB.xlsx', zip(['[Content_Types].xml', 'x'], ['_rels/.rels', 'y'], ['xl/a', join('', map { chr(32 + $_ * 7 % 90) x 40 } 0 .. 1_000_000)])],
  ['escape.zip', zip(['../../etc/passwd', 'x'])],
);
for (@forms) {
  my ($file, $bytes) = @$_;
  write_file("$tmp/$file", $bytes);
  my ($wall, undef, $peak) = timed('/dev/null', 1, $ari, 'check', "$real/criteria.yaml", "$real/agencies.csv", "$tmp/$file");
  printf "  %-34s %8.3f s   peak %.0f MiB\n", $file, $wall, $peak;
}
my ($wall) = timed('/dev/null', 3, 'sh', '-c', 'exec "$0" "$@" >/dev/full', $ari, 'rank', '--format', 'csv', '--period', '2026-08', $real, $real_csv);
printf "  %-34s %8.3f s   (status 3)\n", 'ranking into a full disk', $wall;
