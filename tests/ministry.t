#!/usr/bin/perl
# The shipped model set criteria/ministry-departments and its invented example: nothing is told, every form of rule, policy and state stands in it, the maxima add up in
# both tiers, and points are those that the same figures give by fractions of whole numbers. What its README.md says of the example is so.
use strict;
use warnings;
use Math::BigFloat;
use Math::BigRat;
use File::Basename qw(dirname);
use lib dirname($0);
use Harness qw($top $out $ari $tmp ok is done slurp start finish);
use Readers qw(csv_rows);

my $folder = 'criteria/ministry-departments';
my @set = ($folder, "$folder/example");
my $set = slurp("$top/$folder/criteria.yaml");
my $readme = slurp("$top/$folder/README.md");
sub run { return finish(start($top, {}, $ari, @_)) }
sub sources { return join '', map { slurp($_) } glob("$top/src/$_[0]") }

# ---- nothing is told ---------------------------------------------------------------------------------------------------------------
for my $lang (qw(vi en)) {
  for my $what ([$folder], [@set]) {
    my ($status, undef, $err) = run('--lang', $lang, '--strict', 'check', @$what);
    is("$status $err", '0 ', "$lang: nothing to be told of @$what");
  }
}
for my $file ("$folder/criteria.yaml", "$folder/README.md", "$folder/agencies.yaml", glob("$top/$folder/example/*.yaml $top/$folder/round/*.yaml")) {
  my $text = slurp($file =~ m{^/} ? $file : "$top/$file");
  ok(!!($text =~ /GIẢ ĐỊNH|giả định|BỘ MẪU/ && $text =~ /invented|model set/i), "$file says in both languages what it is");
}
ok(!!($set =~ /vi: .*bộ mẫu, không phải bộ chính thức/ && $set =~ /en: .*a model set, not an official one/), 'so does its title');

# ---- every form, policy and setting ------------------------------------------------------------------------------------------------
my @kinds = sources('criteria/*.c') =~ /\.name = "(\w+)"/g;
ok(@kinds >= 9, 'the sources name the forms', @kinds);
ok(!!($set =~ /^ *(?:score: \{)?$_:(?: |$)/m && $readme =~ /\| `$_`/), "the form $_ is used, and README.md says where") for @kinds;
for my $policy (qw(zero full unscored exclude spread withhold error forbid)) {
  ok(!!($set =~ /^ *(?:missing|empty|not_applicable): .*\b$policy\b/m && $readme =~ /^\| `$policy` /m), "the policy $policy is used, and README.md says where");
}
ok(!!($set =~ $_), "it uses $_") for qr/full_at: /, qr/full_from: /, qr/zero_below: /, qr/partial: /, qr/start: |at_least: /, qr/over_max: cap/, qr/list: true/, qr/cohort\.min\(/, qr/previous\(/,
  qr/source: central/, qr/source: survey/, qr/documents: 1/, qr/^bonus:/m, qr/^penalty:/m, qr/needs:/, qr/combine: weighted/, qr/let: /, qr/expect:/, qr/check: /, qr/elsewhere: full/, qr/: none/;

# ---- every state -------------------------------------------------------------------------------------------------------------------
my ($status, $csv, $err) = run('score', @set, '--format', 'csv');
is("$status $err", '0 ', 'the example is scored without a word');
my ($head, @rows) = csv_rows($csv);
my (%points, %max, %state, %states, %agency_states);
for my $row (@rows) {
  my ($agency, $criterion, undef, $state, $max, $points) = @$row;
  my $letter = $agency =~ s/^don-vi-//r;
  ($points{$letter}{$criterion}, $max{$letter}{$criterion}, $state{$letter}{$criterion}) = ($points, $max, $state);
  ($criterion eq 'total' ? $agency_states{$state} : $states{$state}) .= $letter;
}
ok($states{$_}, "some criterion is $_") for qw(scored missing empty not_applicable withheld watched pending);
ok($agency_states{$_}, "some department is $_") for qw(final provisional withheld absent);
is(join(' ', map { "$_ " . ($state{substr $_, 0, 1}{substr $_, 2} // '') } 'e 3.2.3', 'e 3.4.2', 'h 1.7', 'i 2.1', 'i 4.3', 'i 7.2.3', 'j 4.1', 'c 1.6', 'd 1.6', 'd 8.1', 'l 7.3'),
   'e 3.2.3 missing e 3.4.2 missing h 1.7 missing i 2.1 empty i 4.3 not_applicable i 7.2.3 not_applicable j 4.1 withheld c 1.6 pending d 1.6 pending d 8.1 pending l 7.3 pending',
   'the states stand where README.md says');
is(join(' ', map { $state{$_}{total} } qw(a b c d e f g h i j k l)),
   'final final provisional provisional final final final final final withheld absent provisional', 'and those of the departments');
ok(!exists $points{m} && !exists $points{n}, 'who was merged is not scored');

# ---- 100 points in both tiers ------------------------------------------------------------------------------------------------------
sub sum { my $sum = Math::BigRat->new(0); $sum += Math::BigRat->new($_) for @_; return $sum }
my %fields = (b => '1 2 3 4 5 6 7 8', g => '1 2 4 5 6 7 8');
for my $letter (sort keys %fields) {
  my @ids = grep { /^\d$/ } sort keys %{$max{$letter}};
  is("@ids", $fields{$letter}, "the fields of department $letter");
  is(sum(map { $max{$letter}{$_} } @ids) . " $max{$letter}{total}", '100 100', "... have 100 points");
}

# ---- points by hand ----------------------------------------------------------------------------------------------------------------
sub frac { my ($text) = @_; return Math::BigRat->new($text) }
sub hundredths { my ($x) = @_; return (($x * 100 + Math::BigRat->new('1/2'))->bfloor / 100)->numify }   # half up; nothing here is below 0

# 19 of 20 tasks: from 80 % to below 100 % the share × 75 % of 2 points: 2 × 0.75 × 19/20 = 1.425, half up 1.43.
is($points{a}{'1.1.2'}, hundredths(frac(2) * frac('3/4') * frac('19/20')), 'a: below the full plan, its own factor');
# (5+4+6.5+3+4.5+5+4+3.5+5)/9 = 40.5/9 = 4.5 days of 5: 3 × 0.9 = 2.7.
is($points{a}{'5.2'}, hundredths(frac(3) * frac('81/2') / 9 / 5), 'a: the mean of a list');
# 60 % × 4130/4250 + 40 % × (1302/1550 = 0.84, full at 90 %), each first rounded on its scale of 100: 97.18 and 93.33; × 4 points.
is($points{a}{'7.1'}, hundredths(frac(4) * (frac('6/10') * hundredths(frac(100) * frac('4130/4250')) + frac('4/10') * hundredths(frac(100) * frac('84/90'))) / 100), 'a: two components by weight');
# The cost of a dossier in nghìn đồng: A 344400/12300 = 28, the lowest of those that report it, the others against it.
my %cost = (a => frac('344400/12300'), b => frac('543150/18105'), c => frac('301184/9412'), d => frac('1215360/25320'), f => frac('629400/20980'), h => frac('71468/2102'));
my ($least) = sort { $a <=> $b } values %cost;
is($points{$_}{'3.2.3'}, hundredths($least / $cost{$_}), "$_: the cost of a dossier against the lowest") for sort keys %cost;
# M had 20 petitions last year and N 15; F has 28 now, and 28 <= 0.8 × 35.
is($points{f}{'3.4.2'}, 2, 'f: last year is the sum of those that it was made of');

# Department I whole. No draft was due (2.1): its 6 points go to 2.2 and 2.4, which were scored: 4 + 3 and 3 + 3. It has no sub-units (1.3.1) and nothing to delegate
# (4.3), so that 100 - 1 - 3 = 96 points apply to it.
my @per_head = map { frac($_) } '3984/48', '2407/29', '1980/33', '3306/38';    # 83, 83, 60, 87: the group of departments but K, which has sent nothing
my $mean = sum(@per_head) / 4;
my $sd = Math::BigFloat->new((sum(map { ($_ - $mean) ** 2 } @per_head) / 3)->as_float(40))->bsqrt;
my $z = ($per_head[1] - $mean)->as_float(40) / $sd;
my %by_hand = (
  '1.1.1' => 1, '1.1.2' => 3, '1.2' => 2, '1.3.1' => '', '1.3.2' => 1, '1.4' => 5, '1.5.1' => '0.7', '1.5.2' => '0.5', '1.6' => 0, '1.7' => 1,
  '2.1' => '', '2.2' => 7, '2.3' => 3, '2.4' => 6,
  '4.1' => 3, '4.2' => 4, '4.3' => '', '4.4' => hundredths(frac(2) * (frac($z->bround(12)->bstr) + 2) / 4),
  '5.1' => 5, '5.2' => 5, '5.3' => 3, '5.4' => 3,
  '6.1' => 6, '6.2' => 3, '6.3' => 2, '6.4' => hundredths(frac('40/700') / frac('1/10')),
  '7.1' => 5, '7.2.3' => 2, '7.3' => hundredths(frac(5) * frac('81/100')),
  '8.2' => hundredths(frac(5) * (20 + frac('1/2') * 4) / 24), '8.3' => hundredths(frac(7) * (26 + frac('6/10') * 4) / 30),
  'bonus' => 0, 'penalty' => 0,
);
is(join(' ', map { "$_=" . ($points{i}{$_} // 'absent') } sort keys %by_hand), join(' ', map { "$_=$by_hand{$_}" } sort keys %by_hand), 'i: every criterion by hand');
my $total = sum(map { $_ eq '' ? 0 : $_ } values %by_hand);
is("$points{i}{total} of $max{i}{total}", hundredths($total) . ' of 96', 'i: and their sum');
# 14.2 of 19 points in field 1 are 74.7 %, less than the 75 % that Excellent needs: 91.72 % is Good.
my (undef, $ranking) = run('rank', @set, '--format', 'csv');
my ($row) = grep { $_->[1] eq 'don-vi-i' } csv_rows($ranking);
is("$row->[5] $row->[6]", hundredths($total * 100 / 96) . ' good', 'i: its index, and the grade that its field 1 allows');

# ---- results -----------------------------------------------------------------------------------------------------------------------
($status, undef, $err) = run('run', @set, '-o', "$tmp/results");
is("$status $err", '0 ', 'the main job is done on it');
is(slurp("$tmp/results/scores.csv"), $csv, 'with the same points');
is(slurp("$tmp/results/ranking.csv"), $ranking, 'and the same ranking');
ok(-s "$tmp/results/$_", "there is $_") for qw(report.html results.json ari.db charts/ranking-authority.svg charts/ranking-department.svg charts/radar-don-vi-g.svg);
my $report = slurp("$tmp/results/report.html");
my $needs = 'tỷ lệ điểm đạt của “Công tác chỉ đạo, điều hành cải cách hành chính” ≥ 75 % và tỷ lệ điểm đạt của “Hiện đại hóa hành chính, xây dựng chính phủ điện tử” ≥ 75 %';
ok(index($report, "Xuất sắc từ 90, nếu $needs; Tốt từ 80;") > 0, 'the report says in words what grades ask for');
ok(index($report, 'Bắt đầu từ điểm tối đa: mỗi báo cáo gửi chậm trừ 0,25 điểm; mỗi báo cáo không gửi trừ 0,5 điểm; không thấp hơn 0 điểm.') > 0, '... and each rule');
ok(!!($report =~ /done: Số nhiệm vụ hoàn thành; planned: Số nhiệm vụ trong kế hoạch</), '... and what the names in rules stand for');
ok(!!($report =~ /timing: Thời điểm ban hành \(on_time: Trước ngày 31\/12 năm trước, late: /), '... and their options');
my (undef, $again) = run('score', "$tmp/results/ari.db", '--format', 'csv');
is($again, $csv, 'what was kept gives the same points');

# ---- every word of explain and assess, under the sanitizers ------------------------------------------------------------------------
my $checked = ($ENV{ARI_SAN} // $out) . '/ari';
for my $letter ('a' .. 'j', 'l') {
  for my $lang (qw(vi en)) {
    my @said = finish(start($top, {}, $checked, '--lang', $lang, 'explain', @set, '--agency', "don-vi-$letter"));
    my @absent = grep { $said[1] !~ /\Q$_\E/ } grep { $_ ne 'total' } keys %{$points{$letter}};
    ok($said[0] eq '0' && $said[2] eq '' && !@absent, "$lang: every criterion of $letter is explained", @said[0, 2], @absent);
    @said = finish(start($top, {}, $checked, '--lang', $lang, 'assess', @set, '--agency', "don-vi-$letter"));
    ok($said[0] eq '0' && $said[2] eq '', "$lang: the sheet of $letter", @said[0, 2]);
  }
}
done();
