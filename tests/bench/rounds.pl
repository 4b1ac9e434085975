# Whole rounds for bench.pl: every command from the opening to the export, against what reading, scoring and ranking the same evidence takes (`ari rank`, measured just before), and
# against sqlite3 putting the same bytes into a table. The clock is compared: writing waits for the disk. Appraisals and explanations are invented.
use strict;
use warnings;

sub rulings { my ($agencies, $decide) = @_; return "agency,criterion,decision,input,value,reason,by\n" . join('', map { $decide->($_) . ",seen,bench\n" } @$agencies) }

# What the evaluators settle: other figures for one criterion of every agency, and in the second appraisal for every tenth what the rule gave; these have explained it.
sub make_decisions {
  my ($folder, $set, $period, $leaf, $input, $agencies) = @_;
  make_path("$folder/answers");
  my @tenth = @$agencies[grep { $_ % 10 == 0 } 0 .. $#$agencies];
  write_file("$folder/first.csv", rulings($agencies, sub { "$_[0],$leaf,inputs,$input,0" }));
  write_file("$folder/second.csv", rulings(\@tenth, sub { "$_[0],$leaf,accept,," }));
  write_file("$folder/answers/$_.yaml", "ari: explanation/1\nset: $set\nagency: $_\nperiod: $period\nexplanation:\n  $leaf: {text: counted again}\n") for @tenth;
}

sub bench_round {
  my ($name, $ari, $tmp, $set, $csv, $period, $set_id, $leaf, $input, @agencies) = @_;
  my $folder = "$tmp/round-" . @agencies;
  my $db = "$folder/round.db";
  make_decisions($folder, $set_id, $period, $leaf, $input, \@agencies);
  our $runs;
  local $runs = 1;   # a step is taken once
  my ($floor) = timed('/dev/null', 0, $ari, 'rank', '--format', 'csv', '--period', $period, $set, $csv);
  my ($insert) = timed('/dev/null', 0, 'sqlite3', "$folder/floor.db", "CREATE TABLE file(bytes BLOB); INSERT INTO file VALUES(readfile('$csv'))");
  printf "\n%s, a whole round: %d agencies, %.1f MB of evidence\n  %-34s %8.3f s\n  %-34s %8.3f s\n", $name, scalar @agencies, (-s $csv) / 1e6, 'floor: ari rank of the same files', $floor,
    'floor: sqlite3 inserts the bytes', $insert;
  my @set = ('round', 'set', $db);
  for my $step (['round open', 'round', 'open', $db, $set, '--period', $period], ['submit', 'submit', $db, $csv], ['to appraising', @set, 'appraising'], ['appraise, all agencies', 'appraise', $db, "$folder/first.csv"],
                ['to explaining', @set, 'explaining'], ['answer, every tenth', 'answer', $db, "$folder/answers"], ['to reappraising', @set, 'reappraising'],
                ['appraise, every tenth', 'appraise', $db, "$folder/second.csv"], ['to final', @set, 'final'], ['to published', @set, 'published'], ['rank', 'rank', $db],
                ['stages, CSV', 'stages', $db, '--format', 'csv'], ['verify', 'verify', $db], ['export', 'export', $db, '-o', "$folder/open"]) {
    my ($what, @words) = @$step;
    my ($wall, undef, $peak) = timed('/dev/null', 0, $ari, @words);
    printf "  %-34s %8.3f s   %6.2f x ari rank   peak %.0f MiB   %.1f MB\n", $what, $wall, $wall / $floor, $peak, (-s $db) / 1e6;
  }
}

1;
