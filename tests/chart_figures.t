#!/usr/bin/perl
# The figures that charts of points lost, of claims, of intervals and of ranks over periods show are those of the CSV files, row by row. All figures are invented; the arithmetic is
# written out.
use strict;
use warnings;
use utf8;
use Encode qw(decode_utf8 encode_utf8);
use FindBin qw($Bin);
use lib $Bin;
use Harness qw($ari $tmp ok is done put slurp start finish program);

sub ari { my ($status, $text, $err) = finish(start($tmp, {}, $ari, @_)); return ($status, $text, $err) }
sub good { my ($name, @words) = @_; my ($status, undef, $err) = ari(@words); ok($status == 0 && $err eq '', $name, "status $status", $err); return }

# What a picture shows, as rows of texts from left to right: labels of about the same height.
sub rows_of {
  my ($file) = @_;
  my $svg = decode_utf8(slurp("$tmp/$file"));
  my (@at, @rows);
  push @at, [$2, $1, $3] while $svg =~ m{<text x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)</text>}g;
  for my $t (sort { $a->[0] <=> $b->[0] } @at) {
    push @rows, [$t->[0]] unless @rows && $t->[0] - $rows[-1][0] < 5;
    push @{$rows[-1]}, $t;
  }
  return map { my ($y, @texts) = @$_; join ' | ', map { $_->[2] } sort { $a->[1] <=> $b->[1] } @texts } @rows;
}
sub shows {
  my ($file, $name, @want) = @_;
  my @rows = rows_of($file);
  for my $want (@want) { ok((grep { $_ eq $want } @rows) == 1, encode_utf8("$name: $want"), map { encode_utf8($_) } @rows) }
}

# The set: two fields of a sum, 40 and 60 points, bonus and penalty beside it. Points are what the evidence says.
my $leaf = sub { my ($id, $max) = @_; "{id: $id, max: $max, inputs: {p: number}, score: {points: p}}" };
sub set {
  my ($top) = @_;
  return encode_utf8(<<"YAML");
ari: criteria/1
id: figures
title: {vi: Bộ thử (số liệu giả định), en: Trial set (invented)}
period: year
rounding: {leaf: 2}
groups: {a: {vi: "Sở, ngành", en: Departments}, b: {vi: Xã, en: Communes}}
$top
YAML
}
mkdir "$tmp/$_" for 'sum', 'mean', 'geometric';
put("$tmp/sum/criteria.yaml", set(<<"YAML"));
criteria:
  - id: one
    title: {vi: Một, en: One}
    criteria:
      - ${\$leaf->('one.a', 10)}
      - ${\$leaf->('one.b', 30)}
  - ${\$leaf->('two', 60)}
bonus:
  max: 5
  criteria:
    - ${\$leaf->('plus', 5)}
penalty:
  max: 5
  criteria:
    - ${\$leaf->('minus', 5)}
YAML
my $list = <<'CSV';
id,name,group
a1,An,a
a2,Ba,a
a3,Cam,a
b1,Dê,b
b2,Én,b
b3,Gà,b
CSV
put("$tmp/$_/agencies.csv", encode_utf8($list)) for 'sum', 'mean', 'geometric';
# a1: 9.5 + 20.25 + 50 = 79.75, + 2 − 1.5 = 80.25. Claims: 10 + 22 + 55 + 3 − 1 = 89; for the same leaves it has 80.25.
# a2: 10 + 30 + 60 = 100, nothing lost. Claimed on one.a alone, 10 of 10.
# a3: 9.5 + 20.25 + 50 = 79.75, + 0.5 = 80.25: as a1. Nothing claimed.
# b1: 1 + 2 + 3 = 6. b2: 5 + 5 + 5 = 15, claimed 4 + 5 + 5. b3: nothing at all.
put("$tmp/2026.csv", <<'CSV');
agency,one.a.p,one.a.claimed,one.b.p,one.b.claimed,two.p,two.claimed,plus.p,plus.claimed,minus.p,minus.claimed
a1,9.5,10,20.25,22,50,55,2,3,1.5,1
a2,10,10,30,,60,,0,,0,
a3,9.5,,20.25,,50,,0.5,,0,
b1,1,,2,,3,,0,,0,
b2,5,4,5,5,5,5,0,,0,
CSV
# The year before: a1 1 + 1 + 1 = 3, a2 2 + 2 + 2 = 6, a3 9 = 3 × 3; b1 and b2 as they are now; b3 4 + 4 + 4 = 12.
put("$tmp/2025.csv", <<'CSV');
agency,one.a.p,one.b.p,two.p,plus.p,minus.p
a1,1,1,1,0,0
a2,2,2,2,0,0
a3,3,3,3,0,0
b1,1,2,3,0,0
b2,5,5,5,0,0
b3,4,4,4,0,0
CSV
for my $year (2025, 2026) { my ($status, undef, $err) = ari('run', 'sum', "$year.csv", '--period', $year, '-o', "r$year", '--charts', 'none'); ok($status == 0, "the round of $year", $err) }

# ---- points lost ----
good('waterfall is drawn', qw(chart r2026/ari.db waterfall --agency a1 -o w.svg));
# 40 − (9.5 + 20.25) = 10.25; 60 − 50 = 10; 100 − 10.25 − 10 + 2 − 1.5 = 80.25
shows('w.svg', 'points lost', 'Điểm tối đa | 100,00', 'Một (40) | −10,25', 'two (60) | −10,00', 'Điểm thưởng | +2,00', 'Điểm trừ | −1,50', 'Điểm đạt được | 80,25');
my ($scores) = slurp("$tmp/r2026/scores.csv") =~ /^a1,total,0,final,100,(\S+?),$/m;
ok($scores eq '80.25', 'as the CSV says', $scores);
good('in English', qw(chart r2026/ari.db waterfall --agency a2 -o w2.svg --lang en));
shows('w2.svg', 'nothing lost', 'Most that can be reached | 100.00', 'Points | 100.00', 'without a loss: 2');
good('one criterion is taken apart', qw(chart r2026/ari.db waterfall --agency a1 --criterion one -o w3.svg --lang en));
# 10 − 9.5 = 0.5; 30 − 20.25 = 9.75; 40 − 0.5 − 9.75 = 29.75, and no bonus
shows('w3.svg', 'within one criterion', 'Most that can be reached | 40.00', 'one.a (10) | −0.50', 'one.b (30) | −9.75', 'Points | 29.75');
ok((grep { /Departments · One · points lost by criterion/ } rows_of('w3.svg')) == 1 && !(grep { /Bonus/ } rows_of('w3.svg')), 'which is named');
for my $bad (['E0423', 'onee'], ['E0422', 'xyzzy'], ['E0837', 'two']) {
  my ($s, undef, $e) = ari(qw(chart r2026/ari.db waterfall --agency a1 -o w4.svg --criterion), $bad->[1]);
  ok($s == 2 && $e =~ /$bad->[0]/ && !-e "$tmp/w4.svg", "$bad->[1]: $bad->[0]", "status $s", $e);
}
my ($other, undef, $why) = ari(qw(chart r2026/ari.db ranking --criterion one -o w4.svg --lang en));
ok($other == 2 && $why =~ /goes with the chart waterfall/, 'no other chart has --criterion', $why);
# Means: M × weight × (1 − v). weights 3 : 1 of 100: one lost 75 × (1 − 0.5) = 37.5, two 25 × (1 − 0.2) = 20; 100 − 37.5 − 20 = 42.5
put("$tmp/mean/criteria.yaml", set("max: 100\ncombine: weighted\nweights: relative\ncriteria:\n  - " . $leaf->('one', 10) =~ s/max/weight: 3, max/r . "\n  - " . $leaf->('two', 5) =~ s/max/weight: 1, max/r));
put("$tmp/mean.csv", "agency,one.p,two.p\na1,5,1\n");
good('a weighted mean', qw(chart mean mean.csv --period 2026 waterfall -o m.svg --lang en));
shows('m.svg', 'a weighted mean', 'one (10) | −37.50', 'two (5) | −20.00', 'Points | 42.50');
# A geometric mean is not made of steps.
put("$tmp/geometric/criteria.yaml", set("max: 100\ncombine: geometric\ncriteria:\n  - " . $leaf->('one', 10) . "\n  - " . $leaf->('two', 5)));
my ($status, undef, $err) = ari(qw(chart geometric mean.csv --period 2026 waterfall --agency a1 -o g.svg --lang en));
ok($status != 0 && $err =~ /E0837/ && !-e "$tmp/g.svg", 'a geometric mean is refused', $err);

# ---- claims ----
good('dumbbell is drawn', qw(chart r2026/ari.db dumbbell -o d.svg));
shows('d.svg', 'claims', '2 | An | 89,00 | 80,25 | −8,75' =~ s/^2/=2/r, '1 | Ba | 10,00 | 10,00 | 0,00', '=2 | Cam | không tự chấm', '1 | Én | 14,00 | 15,00 | +1,00',
      '2 | Dê | không tự chấm', '3 | Gà | không tự chấm', 'Sở, ngành', 'Xã');
my (%claimed, %given);
for (split /\n/, slurp("$tmp/r2026/scores.csv")) {
  my ($agency, $node, undef, undef, undef, $points, $claimed) = split /,/, $_, -1;
  next if !length $claimed || !length $points || $claimed =~ /\D\z/;
  my $sign = $node eq 'minus' ? -1 : 1;
  $claimed{$agency} += $sign * $claimed;
  $given{$agency} += $sign * $points;
}
ok("@claimed{qw(a1 a2 b2)}" eq '89 10 14' && "@given{qw(a1 a2 b2)}" eq '80.25 10 15', 'the sums are those of the CSV');
($status, undef, $err) = ari(qw(chart r2025/ari.db dumbbell -o none.svg --lang en));
ok($status != 0 && $err =~ /E0837/ && !-e "$tmp/none.svg", 'where nobody claims anything there is no such chart', $err);

# ---- stability of ranks ----
put("$tmp/table.csv", "agency;rank;low;median;high\na2;1;1;1.5;2\na1;2;1;2;3\nb2;1;1;1;1\nb3;;;;\n");
($status, undef, $err) = ari(qw(chart r2026/ari.db interval --table table.csv -o i.svg));
ok($status == 1 && $err =~ /E0843/ && !-e "$tmp/i.svg", 'a table of other results is refused: b3 has a rank', $err);
put("$tmp/table.csv", "agency;rank;low;median;high\na2;1;1;1.5;2\na1;2;1;2;3\nb2;1;1;1;1\nb3;3;;;\n");
good('interval is drawn', qw(chart r2026/ari.db interval --table table.csv -o i.svg));
shows('i.svg', 'intervals', '1 | Ba | 1–2 | 1,5', '=2 | An | 1–3 | 2', '=2 | Cam | – | –', '1 | Én | 1–1 | 1', '3 | Gà | – | –');
ok(slurp("$tmp/i.svg") =~ /số cơ quan không có trong bảng: 3</ || decode_utf8(slurp("$tmp/i.svg")) =~ /số cơ quan không có trong bảng: 3</, 'who is not in the table is counted');

# ---- ranks over periods ----
good('bump is drawn', qw(chart r2025/ari.db r2026/ari.db bump -o b.svg));
# 2025: a3 9, a2 6, a1 3; b2 15, b3 12, b1 6. 2026: a2 100, a1 and a3 80.25; b2 15, b1 6, b3 absent and last. The first places are held by a3 and a2, then a2.
shows('b.svg', 'ranks', 'Cam | 1 | 1 | Ba | +1', 'Ba | 2 | =2 | An | +1', 'An | 3 | =2 | Cam | −1', 'Én | 1 | 1 | Én | 0', 'Gà | 2 | 2 | Dê | +1', 'Dê | 3 | 3 | Gà | −1');
good('the order of the names is that of the periods in any case', qw(chart r2026/ari.db r2025/ari.db bump -o b2.svg));
is(join("\n", map { encode_utf8($_) } grep { /\| 3 \|/ } rows_of('b2.svg')), encode_utf8("An | 3 | =2 | Cam | −1\nDê | 3 | 3 | Gà | −1"), 'and the picture is the same');
($status, undef, $err) = ari(qw(chart r2026/ari.db r2026/ari.db bump -o b3.svg --lang en));
ok($status == 1 && $err =~ /E0845.*2026/ && !-e "$tmp/b3.svg", 'two rounds of one period are refused', $err);
($status, undef, $err) = ari(qw(chart r2026/ari.db r2026/ari.db bump -o b3.svg --lang vi));
ok($status == 1 && decode_utf8($err) =~ /E0845.*có hai đợt cùng thuộc kỳ 2026/, 'in Vietnamese too', $err);
($status, undef, $err) = ari(qw(chart r2025/ari.db r2026/ari.db ranking -o b3.svg --lang en));
ok($status == 2 && !-e "$tmp/b3.svg", 'other charts are of one period', $err);
# Ranked across all in 2024: not the same ranking.
put("$tmp/sum/criteria.yaml", slurp("$tmp/sum/criteria.yaml") =~ s/^rounding/ranking: {within: all}\nrounding/mr);
($status, undef, $err) = ari('run', 'sum', '2025.csv', '--period', '2024', '-o', 'r2024', '--charts', 'none');
($status, undef, $err) = ari(qw(chart r2024/ari.db r2026/ari.db bump -o b4.svg --lang en));
ok($status == 1 && $err =~ /E0846.*2024 and 2026/ && !-e "$tmp/b4.svg", 'ranks of different scope do not stand side by side', $err);
($status, undef, $err) = ari(qw(chart r2024/ari.db r2026/ari.db bump -o b4.svg --lang vi));
ok($status == 1 && decode_utf8($err) =~ /E0846.*kỳ 2024 và kỳ 2026/, 'in Vietnamese too', $err);
# All charts of two periods at once: each kind is there, those of an agency for each that has points.
good('all charts', qw(chart r2025/ari.db r2026/ari.db all --table table.csv -o all));
my %drawn;
s{.*/([a-z]+)[^/]*\z}{$1}, $drawn{$_}++ for glob "$tmp/all/*.svg";
ok($drawn{waterfall} == 5 && $drawn{dumbbell} == 2 && $drawn{interval} == 2 && $drawn{bump} == 2, 'of every kind', join ' ', %drawn);
# An agency that changed its group, one that was not there yet, one that is not there any more.
put("$tmp/sum/criteria.yaml", slurp("$tmp/sum/criteria.yaml") =~ s/^ranking.*\n//mr);
put("$tmp/sum/agencies.csv", encode_utf8($list =~ s/b2,Én,b/b2,Én,a/r =~ s/b3,.*\n/n1,Mới,b\n/r));
put("$tmp/2027.csv", slurp("$tmp/2025.csv") =~ s/^b3/n1/mr);
($status, undef, $err) = ari('run', 'sum', '2027.csv', '--period', '2027', '-o', 'r2027', '--charts', 'none');
ok($status == 0, 'the round of 2027', $err);
good('lists that differ', qw(chart r2025/ari.db r2026/ari.db r2027/ari.db bump -o b5.svg --lang en));
shows('b5.svg', 'lists that differ', 'Cam | 1 | 1 | 1 | Én | –', 'Dê | 3 | 2 | 1 | Mới | –' =~ s/^Dê \| 3 \| 2/Dê | 3 | 2/r);
my $text = join "\n", rows_of('b5.svg');
ok($text =~ /not drawn: agencies of other periods that are not in this list: 2/, 'who is gone is counted: b3, in two periods', encode_utf8($text));

# Two of group a became one: a1 (An, 3rd in 2025) and a2 (Ba, 2nd) are now m1, whose rank of 2025 is the better of the two, 2; nobody of them is gone. b3 and n1 are.
my $before = slurp("$tmp/sum/agencies.csv");
put("$tmp/sum/agencies.csv", encode_utf8("id,name,group,replaces\n" . join '', map { "$_\n" } 'm1,Một,a,a1; a2', 'a3,Cam,a,', 'b1,Dê,b,', 'b2,Én,b,'));
put("$tmp/2028.csv", slurp("$tmp/2025.csv") =~ s/^(?:a1|b3).*\n//mgr =~ s/^a2/m1/mr);
($status, undef, $err) = ari('run', 'sum', '2028.csv', '--period', '2028', '-o', 'r2028', '--charts', 'none');
ok($status == 0, 'the round of 2028', $err);
good('a merger', qw(chart r2025/ari.db r2028/ari.db bump -o b6.svg --lang en));
shows('b6.svg', 'a merger', 'Cam | 1 | 1 | Cam | 0', 'Một | 2 | 2 | Một | 0');
$text = join "\n", rows_of('b6.svg');
ok($text =~ /before agencies became one: the best of their ranks/ && $text =~ /are not in this list: 1/, 'what stands for them is said, and who is gone', encode_utf8($text));

put("$tmp/sum/agencies.csv", $before);

# ---- rounds that are open, and stages ----
good('a picture of claims', qw(chart r2026/ari.db ranking --stage claimed -o stage.svg --lang en));
ok(join("\n", rows_of('stage.svg')) =~ /2026 · \S.* · 6 agencies/, 'says of which stage it is', map { encode_utf8($_) } rows_of('stage.svg'));
ari(qw(round open open.db sum --period 2026 --by tester));
($status, undef, $err) = ari(qw(submit open.db 2026.csv --by tester));
good('a picture of an open round', qw(chart open.db waterfall --agency a1 -o open.svg));
ok((grep { /năm 2026 · đang nhận hồ sơ/ } rows_of('open.svg')) == 1, 'says that figures may still change', map { encode_utf8($_) } rows_of('open.svg'));

# ---- every kind, every format ----
my %need = (waterfall => ['--agency', 'a1'], dumbbell => [], interval => ['--table', 'table.csv'], bump => []);
for my $kind (sort keys %need) {
  my @source = $kind eq 'bump' ? ('r2025/ari.db', 'r2026/ari.db') : 'r2026/ari.db';
  for my $format ('svg', 'png', 'pdf') {
    for my $theme ('print', 'screen') {
      good("$kind $format $theme", 'chart', @source, $kind, '-o', "$kind-$theme.$format", '--theme', $theme, '--size', '800x600', @{$need{$kind}});
      my $picture = slurp("$tmp/$kind-$theme.$format");
      ok($picture =~ ($format eq 'svg' ? qr{^<\?xml .*</svg>\s*\z}s : $format eq 'png' ? qr/^\x89PNG/ : qr/^%PDF-.*%%EOF\s*\z/s), "$kind-$theme.$format is whole");
    }
  }
  my $svg = slurp("$tmp/$kind-print.svg");
  ok($svg !~ /\sid=|href|<script|<style|<defs|:Bold/ && $svg =~ /<desc>[^<]*\d[^<]*<\/desc>/, "$kind has no ids, and its figures in words");
}

# ---- hostile names are text ----
put("$tmp/sum/agencies.csv", encode_utf8($list =~ s/a1,An,a/a1,"`id` \\n ""{x}"" <b>&amp; %s \$(id)",a/r));
for my $year (2025, 2026) { ari('run', 'sum', "$year.csv", '--period', $year, '-o', "h$year", '--charts', 'none') }
for my $kind (sort keys %need) {
  my @source = $kind eq 'bump' ? ('h2025/ari.db', 'h2026/ari.db') : 'h2026/ari.db';
  good("$kind with a hostile name", 'chart', @source, $kind, '-o', "h-$kind.svg", @{$need{$kind}});
  my $svg = slurp("$tmp/h-$kind.svg");
  ok($svg =~ /`id` \\n/ && $svg !~ /<b>/ && $svg =~ /\{x\}/, "$kind shows it as it is") or print "# ", join(' ', $svg =~ /(`id`[^<]*)/g), "\n";
}
done();
