#!/usr/bin/perl
# `ari appraise --worksheet`: what evaluators fill in with a spreadsheet and hand in again. All figures are invented for this test.
use strict;
use warnings;
use File::Basename qw(dirname);
use lib dirname($0);
use Harness qw($ari $tmp ok is done slurp put start finish);

sub ari { return finish(start($tmp, {}, $ari, '--lang', @_)) }
sub fine { my ($name, @words) = @_; my ($status, $said, $told) = ari('en', @words); ok($status eq 0, $name, "status $status", $said, $told); return $said }
# The fields of the rows of a table, without its byte order mark.
sub fields {
  my ($text, $separator) = @_;
  $text =~ s/^\xEF\xBB\xBF//;
  my @rows = ([]);
  while ($text =~ /\G(?:"((?:[^"]|"")*)"|([^"$separator\n]*))($separator|\n)/g) {
    my ($quoted, $plain, $end) = ($1, $2, $3);
    push @{$rows[-1]}, defined $quoted ? $quoted =~ s/""/"/gr : $plain;
    push @rows, [] if $end eq "\n";
  }
  pop @rows;
  return @rows;
}
sub table { my ($separator, @rows) = @_; return join '', map { join($separator, map { /[",;\n]/ ? '"' . s/"/""/gr . '"' : $_ } @$_) . "\n" } @rows }

mkdir "$tmp/set" or die;
put("$tmp/set/criteria.yaml", <<'END');
ari: criteria/1
id: one
title: {vi: Bộ chỉ số, en: An index}
period: year
rounding: {leaf: 2}
not_applicable: exclude
tiers: {department: {vi: Sở, en: Department}, commune: {vi: Xã, en: Commune}}
inputs: {population: count}
criteria:
  - id: "1"
    criteria:
      - id: "1.1"
        title: {vi: Đúng hạn, en: On time}
        max: 10
        inputs: {on_time: count, received: count, rate: {type: percent}}
        score: {share: on_time / received}
        empty: zero
      - id: "1.10"
        max: {department: 4, commune: none}
        inputs: {hours: {type: number, list: true}, timing: {type: choice, options: {early: Sớm, late: Trễ}}}
        score: {choice: timing, points: {early: 4, late: 1.5}}
  - id: judged
    max: 6
    score: {judged: [0, 50%, max]}
END
put("$tmp/set/agencies.csv", "id,name,group,tier\na1,\"Sở A; B\",g,department\n007,Xã C,g,commune\na3,Sở D,g,department\n");
put("$tmp/evidence.yaml", <<'END');
ari: evidence/1
agency: a1
period: 2026
evidence:
  total: {population: 1000}
  "1.1": {on_time: 40, received: 50, rate: 80.5%, claimed: 9.25, note: "có \"bảng\" kèm theo;\nxem trang 2", documents: [{number: 12/BC}, {title: Báo cáo}]}
  "1.10": {hours: [16, 8.5], timing: late}
END
put("$tmp/more.csv", "agency,period,1.1.on_time,1.1.received,judged.not_applicable\n007,2026,30,30,\"không, có\"\n");
fine('a round', 'round', 'open', 'r.db', 'set', '--period', '2026');
fine('evidence', 'submit', 'r.db', 'evidence.yaml', 'more.csv');
fine('to the appraisal', 'round', 'set', 'r.db', 'appraising');

# ---- what it holds ----

# Rows: a1 has its four (total's figure, two leaves of 1, the judged one), 007 has no 1.10, a3 handed in nothing.
my %sheet;
for my $lang (qw(vi en)) {
  my ($status, $said, $told) = ari($lang, 'appraise', 'r.db', '--worksheet', '-o', "$lang.csv");
  ok($status eq 0, "$lang: a worksheet", $said, $told);
  my $text = slurp("$tmp/$lang.csv");
  ok($text =~ /^\xEF\xBB\xBF/ && $text !~ /\r/, "$lang: a byte order mark, and lines that end as ours do");
  my @rows = fields($text, $lang eq 'vi' ? ';' : ',');
  my $names = shift @rows;
  is(join(' ', @$names), join(' ', qw(agency criterion decision input value reason by name title max claimed computed appraised state evidence note explanation)), "$lang: its columns");
  ok(!(grep { @$_ != @$names } @rows), "$lang: every row has them all");
  is(join(' ', map { "$_->[0]/$_->[1]" } @rows), "a1/total a1/'1.1 a1/'1.10 a1/judged '007/total '007/'1.1 '007/judged a3/total a3/'1.1 a3/'1.10 a3/judged", "$lang: rows in the order of list and set, by tier");
  ok(!(grep { join('', @$_[2 .. 6]) ne '' } @rows), "$lang: nothing is filled in");
  $sheet{$lang} = {map { my $row = $_; ("$_->[0]/$_->[1]" => {map { $names->[$_] => $row->[$_] } 0 .. $#$names}) } @rows};
}
my $one = $sheet{vi}{"a1/'1.1"};
is(join('|', @$one{qw(name title max claimed computed appraised)}), 'Sở A; B|Đúng hạn|10|9,25|8|', 'names, and figures as Excel takes them: 40 of 50 are 8 of 10 points');
is($one->{evidence}, 'on_time=40; received=50; rate=80.5%; 12/BC; Báo cáo', 'what was stated, as evidence writes it');
is($one->{note}, "có \"bảng\" kèm theo;\nxem trang 2", 'a note with quotes and lines');
is($sheet{en}{"a1/'1.1"}{claimed}, '9.25', 'in English a decimal point');
is($sheet{vi}{"a1/'1.10"}{evidence}, 'hours=16;8.5; timing=late', 'a list and an option');
is($sheet{vi}{'a1/total'}{evidence}, 'population=1000', 'a figure that criteria share');
is($sheet{vi}{"'007/judged"}{evidence}, 'not_applicable=không, có', 'a reason why it does not apply');
is(join('|', map { $_ // '-' } @{$sheet{en}{'a3/judged'}}{qw(max claimed computed evidence)}), '6|||', 'who handed in nothing has rows to be judged');

# ---- read back ----

my ($status, $said, $told) = ari('en', 'appraise', 'r.db', 'vi.csv');
ok($status eq 0 && $told =~ /warning\[W0579\]/ && $told !~ /error/, 'what nobody filled in can be handed in, decides nothing and says so', "status $status", $told);
my $before = fine('stages', 'stages', 'r.db', '--format', 'csv');
ok($before =~ /^a1,total,0,9\.25,9\.5,/m, 'no points have changed: 8 + 1.5', $before);

# Filled in as people do. a1: 38 on time of 50 are 7.6; 1.10 gets 3 points; judged 3; 007: accepted 10, judged 6 although not applicable: 16.
my @rows = fields(slurp("$tmp/vi.csv"), ';');
my %decide = ("a1/'1.1" => ['inputs', 'on_time', 38, 'hai hồ sơ; quá hạn', 'An'], "a1/'1.10" => ['Points', '', 3, 'có minh chứng', ''], 'a1/judged' => ['points', '', 3, 'khá', 'An'],
              "'007/'1.1" => ['accept', '', '', 'khớp', ''], "'007/judged" => ['points', '', 6, 'tốt', '']);
for my $row (@rows) { my $d = $decide{"$row->[0]/$row->[1]"} or next; @$row[2 .. 6] = @$d }
put("$tmp/filled.csv", table(';', @rows));
($status, $said, $told) = ari('en', 'appraise', 'r.db', 'filled.csv', '--by', 'Tổ 1');
ok($status eq 0 && $told eq '', 'filled in, it is accepted', "status $status", $told);
my $after = fine('stages', 'stages', 'r.db', '--format', 'csv');
ok($after =~ /^a1,total,0,9\.25,9\.5,13\.6,/m && $after =~ /^007,total,0,,10,16,/m, 'a1: 7.6 + 3 + 3; 007: 10 + 6', $after);
ok($after =~ /^a1,1\.1,2,9\.25,8,7\.6,[^\n]*hai hồ sơ; quá hạn/m, 'the reason stands with the criterion', $after);

# ---- the second turn ----

put("$tmp/answer.yaml", "ari: explanation/1\nagency: a1\nperiod: 2026\nexplanation:\n  \"1.1\": {text: hồ sơ do bưu điện trả chậm}\n");
fine('explaining', 'round', 'set', 'r.db', 'explaining');
fine('an answer', 'answer', 'r.db', 'answer.yaml');
fine('the second turn', 'round', 'set', 'r.db', 'reappraising');
fine('its worksheet', 'appraise', 'r.db', '--worksheet', '-o', 'second.csv');
my ($names, @second) = fields(slurp("$tmp/second.csv"), ',');
my ($row) = grep { $_->[0] eq 'a1' && $_->[1] eq "'1.1" } @second;
my %of = map { $names->[$_] => $row->[$_] } 0 .. $#$names;
is(join('|', @of{qw(decision claimed computed appraised evidence explanation)}), '|9.25|8|7.6|on_time=40; received=50; rate=80.5%; 12/BC; Báo cáo|hồ sơ do bưu điện trả chậm',
   'it shows what the first turn made of it, the agency\'s own figures, and its explanation');

# ---- what goes wrong ----

put("$tmp/there.csv", 'mine');
($status, $said, $told) = ari('en', 'appraise', 'r.db', '--worksheet', '-o', 'there.csv');
ok($status eq 3 && $told =~ /^failure\[F0569\]: "there.csv" is there already/m && slurp("$tmp/there.csv") eq 'mine', 'a file that is there is not replaced', "status $status", $told);
($status, $said, $told) = ari('vi', 'appraise', 'r.db', '--worksheet', '-o', 'there.csv');
ok($status eq 3 && $told =~ /F0569\]: đã có "there.csv"/, '... told in Vietnamese too', $told);
for (['--worksheet needs -o', 'r.db', '--worksheet'], ["a file that ends in .csv, not 'x.xlsx'", 'r.db', '--worksheet', '-o', 'x.xlsx'], ['-o goes with --worksheet only', 'r.db', 'vi.csv', '-o', 'x.csv'], ['an argument is missing', 'r.db'],
     ['nothing stands behind a database', 'r.db', 'vi.csv', '--worksheet', '-o', 'x.csv'], ['is no database', 'vi.csv', '--worksheet', '-o', 'x.csv']) {
  my ($want, @words) = @$_;
  ($status, $said, $told) = ari('en', 'appraise', @words);
  ok($status eq 2 && $told =~ /\Q$want\E/ && !-e "$tmp/x.csv", "misuse: $want", "status $status", $told);
}
($status, $said, $told) = ari('en', 'appraise', 'r.db', '--worksheet', '-o', 'no/such/folder.csv');
ok($status eq 3, 'a folder that is not there', "status $status", $told);
done();
