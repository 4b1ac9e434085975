#!/usr/bin/perl
# Rules in words: the sentence of every form of ari-criteria(5) in both languages; that no sentence loses a number of its rule, and none shows a name or a keyword of the
# criteria file; the same of every criterion of the shipped sets; and the arithmetic on the sheets of a report. All figures are invented.
use strict;
use warnings;
use utf8;
use FindBin qw($Bin);
use lib $Bin;
use Harness qw($top $ari $tmp ok is done slurp put driver start finish);
use Encode qw(decode encode);

binmode STDOUT, ':encoding(UTF-8)';
my $driver = driver('words_driver');

# What the driver says of a set: language and criterion to [rule, all that holds, the rule as written]; of a criterion with tiers the last one's.
sub words_of {
  my ($path) = @_;
  my ($status, $said, $err) = finish(start($tmp, {}, $driver, $path));
  my (%words, @needs);
  for my $line (split /\n/, decode('UTF-8', $said)) {
    my ($lang, $id, @rest) = split /\t/, $line, -1;
    if ($id eq 'need') { push @needs, "$lang: $rest[1]" }
    else { $words{$lang}{$id} = [@rest[1 .. 3]] }
  }
  return ($status, \%words, @needs);
}

# ---- a sentence for every form ----

my $head = <<'Y';
ari: criteria/1
id: words
title: {vi: Bộ thử, en: A set for the test}
period: year
rounding: {leaf: 2}
empty: unscored
missing: exclude
inputs:
  a: {type: count, title: {vi: Số việc xong, en: Tasks done}}
  b: {type: count, title: {vi: Số việc giao, en: Tasks set}}
  n: {type: count, title: {vi: Số báo cáo gửi chậm, en: Late reports}}
  fee: {type: money, title: {vi: Số tiền thu, en: Fees}}
  done: {type: yes_no, title: {vi: Đã công khai, en: Published}}
  kind: {type: choice, title: {vi: Thời điểm, en: When}, options: {a: {vi: Đúng hạn, en: In time}, b: {vi: Chậm, en: Late}, c: {vi: Không có, en: Never}}}
  y: {type: survey, title: {vi: Số phiếu, en: Answers}, options: {a: {vi: Tốt, en: Good}, b: {vi: Khá, en: Fair}, c: {vi: Kém, en: Poor}}}
  marks: {type: number, list: true, title: {vi: Điểm từng lớp, en: Marks by class}, from: 1}
  sent: {type: date, title: {vi: Ngày gửi, en: Sent on}}
  due: {type: date, title: {vi: Hạn gửi, en: Due on}}
Y
my @sentences = (
  ['points: a', 'Lấy “Số việc xong” làm điểm.', 'The points are “Tasks done”.'],
  ['points: 2', 'Luôn được 2 điểm.', 'Always 2 points.'],
  ['points: "max * min(1, a / 5)"', 'Điểm = điểm tối đa × số nhỏ nhất trong (1; “Số việc xong” ÷ 5).', 'Points = the maximum × the least of (1; “Tasks done” ÷ 5).'],
  ['points: (if done then 1.5 else 0) + max / 4', 'Điểm = (nếu “Đã công khai” là có thì 1,5, nếu không thì 0) + điểm tối đa ÷ 4.',
   'Points = (if “Published” is yes then 1.5, otherwise 0) + the maximum ÷ 4.'],
  ['yes_no: done', '“Đã công khai” – có: điểm tối đa; không: 0 điểm.', '“Published” – yes: full points; no: 0 points.'],
  ['yes_no: done, yes: 2, no: -0.25', '“Đã công khai” – có: 2 điểm; không: −0,25 điểm.', '“Published” – yes: 2 points; no: −0.25 points.'],
  ['yes_no: a >= 1200 and not done, no: 1', 'Nếu “Số việc xong” ≥ 1.200 và “Đã công khai” là không: điểm tối đa; nếu không: 1 điểm.',
   'If “Tasks done” ≥ 1,200 and “Published” is no: full points; otherwise: 1 point.'],
  ['choice: kind, points: {a: 100%, b: 12.5%, c: 0}', 'Theo “Thời điểm” – “Đúng hạn”: điểm tối đa; “Chậm”: 12,5 % điểm tối đa; “Không có”: 0 điểm.',
   'By “When” – “In time”: full points; “Late”: 12.5% of the maximum; “Never”: 0 points.'],
  ['survey: y, options: {a: max, b: 60%, c: 0.5}',
   'Tính theo từng phiếu trả lời của “Số phiếu” – “Tốt”: điểm tối đa; “Khá”: 60 % điểm tối đa; “Kém”: 0,5 điểm. Điểm là trung bình của tất cả các phiếu trả lời.',
   'Each answer to “Answers” counts – “Good”: full points; “Fair”: 60% of the maximum; “Poor”: 0.5 points. The points are the mean over all answers.'],
  ['share: a / b', 'Tính tỷ lệ “Số việc xong” ÷ “Số việc giao”. Điểm = điểm tối đa × tỷ lệ.', 'The share is “Tasks done” ÷ “Tasks set”. Points = the maximum × share.'],
  ['share: 1 - (a - n) / b', 'Tính tỷ lệ 1 − (“Số việc xong” − “Số báo cáo gửi chậm”) ÷ “Số việc giao”. Điểm = điểm tối đa × tỷ lệ.',
   'The share is 1 − (“Tasks done” − “Late reports”) ÷ “Tasks set”. Points = the maximum × share.'],
  ['points: max * (a - (b - n)) / (b * (n + 1))', 'Điểm = điểm tối đa × (“Số việc xong” − (“Số việc giao” − “Số báo cáo gửi chậm”)) ÷ (“Số việc giao” × (“Số báo cáo gửi chậm” + 1)).',
   'Points = the maximum × (“Tasks done” − (“Tasks set” − “Late reports”)) ÷ (“Tasks set” × (“Late reports” + 1)).'],
  ['share: a / b, full_at: 0.9', 'Tính tỷ lệ “Số việc xong” ÷ “Số việc giao”. Từ 90 % trở lên: điểm tối đa; dưới 90 %: điểm = điểm tối đa × tỷ lệ ÷ 90 %.',
   'The share is “Tasks done” ÷ “Tasks set”. From 90% on: full points; below: points = the maximum × share ÷ 90%.'],
  ['share: a / b, full_at: 2/3', 'Tính tỷ lệ “Số việc xong” ÷ “Số việc giao”. Từ 2/3 trở lên: điểm tối đa; dưới 2/3: điểm = điểm tối đa × tỷ lệ ÷ 2/3.',
   'The share is “Tasks done” ÷ “Tasks set”. From 2/3 on: full points; below: points = the maximum × share ÷ 2/3.'],
  ['share: a / b, full_from: 100%, zero_below: 80%, partial: 75%',
   'Tính tỷ lệ “Số việc xong” ÷ “Số việc giao”. Dưới 80 %: 0 điểm; từ 80 % đến dưới 100 %: điểm = 75 % điểm tối đa × tỷ lệ; đạt 100 %: điểm tối đa.',
   'The share is “Tasks done” ÷ “Tasks set”. Below 80%: 0 points; from 80% to below 100%: points = 75% of the maximum × share; at 100%: full points.'],
  ['share: a / b, full_from: 80%, partial: 1.5', 'Tính tỷ lệ “Số việc xong” ÷ “Số việc giao”. Dưới 80 %: điểm = 1,5 × tỷ lệ; từ 80 % trở lên: điểm tối đa.',
   'The share is “Tasks done” ÷ “Tasks set”. Below 80%: points = 1.5 × share; from 80% on: full points.'],
  ['share: a / b, zero_below: 30%', 'Tính tỷ lệ “Số việc xong” ÷ “Số việc giao”. Dưới 30 %: 0 điểm; từ 30 % trở lên: điểm = điểm tối đa × tỷ lệ.',
   'The share is “Tasks done” ÷ “Tasks set”. Below 30%: 0 points; from 30% on: points = the maximum × share.'],
  ['share: a / b, zero_below: 30%, partial: max - 1',   # the middle branch ends at 100 %, as the man page states
   'Tính tỷ lệ “Số việc xong” ÷ “Số việc giao”. Dưới 30 %: 0 điểm; từ 30 % đến dưới 100 %: điểm = (điểm tối đa − 1) × tỷ lệ; đạt 100 %: điểm tối đa.',
   'The share is “Tasks done” ÷ “Tasks set”. Below 30%: 0 points; from 30% to below 100%: points = (the maximum − 1) × share; at 100%: full points.'],
  ['share: a / b, zero_below: 30%, full_at: 95%',
   'Tính tỷ lệ “Số việc xong” ÷ “Số việc giao”. Dưới 30 %: 0 điểm; từ 30 % đến dưới 95 %: điểm = điểm tối đa × tỷ lệ ÷ 95 %; từ 95 % trở lên: điểm tối đa.',
   'The share is “Tasks done” ÷ “Tasks set”. Below 30%: 0 points; from 30% to below 95%: points = the maximum × share ÷ 95%; from 95% on: full points.'],
  ['bands: a / b, points: [{from: 95%, points: 100%}, {above: 70%, points: 1.5}, {from: 70%, points: 1}, {from: 0.25, points: 0.5}, {points: 0}]',
   'Theo “Số việc xong” ÷ “Số việc giao” – từ 95 % trở lên: điểm tối đa; trên 70 % đến dưới 95 %: 1,5 điểm; đúng 70 %: 1 điểm; từ 0,25 đến dưới 70 %: 0,5 điểm; dưới 0,25: 0 điểm.',
   'By “Tasks done” ÷ “Tasks set” – from 95% on: full points; above 70% and below 95%: 1.5 points; exactly 70%: 1 point; from 0.25 to below 70%: 0.5 points; below 0.25: 0 points.'],
  ['bands: a, points: [{above: 1000, points: max}, {above: 20, points: 1}, {points: 0}]',
   'Theo “Số việc xong” – trên 1.000: điểm tối đa; trên 20 đến 1.000: 1 điểm; từ 20 trở xuống: 0 điểm.',
   'By “Tasks done” – above 1,000: full points; above 20 up to 1,000: 1 point; 20 and less: 0 points.'],
  ['count: n, each: 0.25, at_most: max', 'Mỗi báo cáo gửi chậm tính 0,25 điểm, nhiều nhất là điểm tối đa.', '0.25 points for each of “Late reports”, at most full points.'],
  ['count: fee, each: 5%, at_most: 2', 'Mỗi đơn vị của “Số tiền thu” tính 5 % điểm tối đa, nhiều nhất là 2 điểm.', '5% of the maximum for each of “Fees”, at most 2 points.'],
  ['count: a + n, each: if done then 1 else 0.5, at_most: max', 'Điểm = (“Số việc xong” + “Số báo cáo gửi chậm”) × (nếu “Đã công khai” là có thì 1, nếu không thì 0,5), nhiều nhất là điểm tối đa.',
   'Points = (“Tasks done” + “Late reports”) × (if “Published” is yes then 1, otherwise 0.5), at most full points.'],
  ['deduct: [{count: n, each: 0.25}, {when: done, points: 1}], at_least: -0.5',
   'Bắt đầu từ điểm tối đa: mỗi báo cáo gửi chậm trừ 0,25 điểm; trừ 1 điểm nếu “Đã công khai” là có; không thấp hơn −0,5 điểm.',
   'Starting from full points: 0.25 points off for each of “Late reports”; 1 point off if “Published” is yes; not below −0.5 points.'],
  ['deduct: [{count: a - b, each: 0.5}], start: 2', 'Bắt đầu từ 2 điểm: trừ (“Số việc xong” − “Số việc giao”) × 0,5; không thấp hơn 0 điểm.',
   'Starting from 2 points: (“Tasks done” − “Tasks set”) × 0.5 off; not below 0 points.'],
  ['cases: [{when: a = b and n = 0, points: 100%}, {when: sent <= due, points: 75%}, {when: "days(due, sent) <= 15 or kind != \'c\'", points: 0.5}, {points: 0}]',
   'Lấy trường hợp đúng đầu tiên: (1) nếu “Số việc xong” = “Số việc giao” và “Số báo cáo gửi chậm” = 0: điểm tối đa; (2) nếu “Ngày gửi” không sau “Hạn gửi”: 75 % điểm tối đa; '
   . '(3) nếu số ngày từ “Hạn gửi” đến “Ngày gửi” ≤ 15 hoặc “Thời điểm” không phải là “Không có”: 0,5 điểm; (4) còn lại: 0 điểm.',
   'The first case that holds counts: (1) if “Tasks done” = “Tasks set” and “Late reports” = 0: full points; (2) if “Sent on” is not after “Due on”: 75% of the maximum; '
   . '(3) if the days from “Due on” to “Sent on” ≤ 15 or “When” is not “Never”: 0.5 points; (4) otherwise: 0 points.'],
  ["cases: [{when: kind = 'a' and sent > 2026-01-31, points: max}, {points: -0.5}]",
   'Nếu “Thời điểm” là “Đúng hạn” và “Ngày gửi” sau 31/01/2026: điểm tối đa; nếu không: −0,5 điểm.',
   'If “When” is “In time” and “Sent on” is after 31 January 2026: full points; otherwise: −0.5 points.'],
  ['judged: [0, 25%, 1, max]', 'Người thẩm định cho một trong các mức: 0 điểm; 25 % điểm tối đa; 1 điểm; điểm tối đa.',
   'The evaluators give one of: 0 points; 25% of the maximum; 1 point; full points.'],
  ['minmax: a, between: [0, 1234.5]', 'Điểm tăng đều từ 0 khi “Số việc xong” bằng 0 đến điểm tối đa khi bằng 1.234,5; ngoài khoảng này coi là lỗi số liệu.',
   'Points rise evenly from 0 where “Tasks done” is 0 to full points where it is 1,234.5; beyond that the figures are in error.'],
  ['minmax: a / b, between: [10%, 90%], better: low, outside: cap',
   'Điểm giảm đều từ điểm tối đa khi “Số việc xong” ÷ “Số việc giao” bằng 10 % xuống 0 khi bằng 90 %; ngoài khoảng này lấy bằng mốc gần hơn.',
   'Points fall evenly from full points where “Tasks done” ÷ “Tasks set” is 10% to 0 where it is 90%; beyond that the nearer limit counts.'],
  ['minmax: a, between: cohort', 'So sánh “Số việc xong” với các cơ quan cùng khối: thấp nhất được 0 điểm, cao nhất được điểm tối đa, ở giữa tính theo tỷ lệ.',
   '“Tasks done” is compared with that of the agencies of its group: 0 points for the lowest, full points for the highest, evenly in between.'],
  ['minmax: a, between: cohort, better: low', 'So sánh “Số việc xong” với các cơ quan cùng khối: thấp nhất được điểm tối đa, cao nhất được 0 điểm, ở giữa tính theo tỷ lệ.',
   '“Tasks done” is compared with that of the agencies of its group: full points for the lowest, 0 points for the highest, evenly in between.'],
  ['zscore: a / b', 'So sánh “Số việc xong” ÷ “Số việc giao” với các cơ quan cùng khối: z = (giá trị − trung bình) ÷ độ lệch chuẩn (theo mẫu). '
   . 'Điểm tăng đều từ 0 khi z bằng −3 đến điểm tối đa khi bằng 3; ngoài khoảng này lấy bằng mốc gần hơn.',
   '“Tasks done” ÷ “Tasks set” is compared with that of the agencies of its group: z = (value − mean) ÷ standard deviation (of a sample). '
   . 'Points rise evenly from 0 where z is −3 to full points where it is 3; beyond that the nearer limit counts.'],
  ['zscore: a, between: [-1.5, 2], better: low, outside: allow, sd: population', 'So sánh “Số việc xong” với các cơ quan cùng khối: z = (giá trị − trung bình) ÷ độ lệch chuẩn (theo tổng thể). '
   . 'Điểm giảm đều từ điểm tối đa khi z bằng −1,5 xuống 0 khi bằng 2; ngoài khoảng này tính tiếp theo cùng tỷ lệ, có thể dưới 0 hoặc vượt điểm tối đa. Điểm được phép vượt điểm tối đa.',
   '“Tasks done” is compared with that of the agencies of its group: z = (value − mean) ÷ standard deviation (of the population). '
   . 'Points fall evenly from full points where z is −1.5 to 0 where it is 2; beyond that in the same proportion, below 0 and above the maximum. Points above the maximum stand.'],
  ['percentile: a', 'So sánh “Số việc xong” với các cơ quan cùng khối: điểm = điểm tối đa × số cơ quan thấp hơn ÷ số cơ quan khác.',
   '“Tasks done” is compared with that of the agencies of its group: points = the maximum × agencies that are below ÷ all others.'],
  ['percentile: a, better: low', 'So sánh “Số việc xong” với các cơ quan cùng khối: điểm = điểm tối đa × số cơ quan cao hơn ÷ số cơ quan khác.',
   '“Tasks done” is compared with that of the agencies of its group: points = the maximum × agencies that are above ÷ all others.'],
  ['share: a / cohort.max(a)', 'Tính tỷ lệ “Số việc xong” ÷ (giá trị cao nhất của “Số việc xong” trong các cơ quan cùng khối). Điểm = điểm tối đa × tỷ lệ.',
   'The share is “Tasks done” ÷ (the greatest “Tasks done” of the agencies of its group). Points = the maximum × share.'],
  ['yes_no: present(previous(a)) and a > 1.05 * previous(a)', 'Nếu có số liệu “Số việc xong” kỳ trước và “Số việc xong” > 1,05 × “Số việc xong” kỳ trước: điểm tối đa; nếu không: 0 điểm.',
   'If “Tasks done” of last period is given and “Tasks done” > 1.05 × “Tasks done” of last period: full points; otherwise: 0 points.'],
  ['points: "clamp(mean(marks) - sum(marks) / (count(marks) * 2), 0, abs(a - b)) + round(sqrt(fee), 3)"',
   'Điểm = (((trung bình của “Điểm từng lớp”) − (tổng của “Điểm từng lớp”) ÷ ((số lượng giá trị của “Điểm từng lớp”) × 2)) giới hạn trong khoảng từ 0 đến '
   . '(giá trị tuyệt đối của (“Số việc xong” − “Số việc giao”))) + ((căn bậc hai của “Số tiền thu”) làm tròn đến 3 chữ số thập phân).',
   'Points = (((the mean of “Marks by class”) − (the sum of “Marks by class”) ÷ ((the number of values of “Marks by class”) × 2)) kept between 0 and '
   . '((“Tasks done” − “Tasks set”) without its sign)) + ((the square root of “Fees”) rounded to 3 decimals).'],
);
my %said = map { $_->[0] =~ /^(\w+)/ ? ($1 => 1) : () } @sentences;
my @silent = grep { !$said{$_} } map { slurp($_) =~ /\.name = "(\w+)"/g } glob "$top/src/criteria/rule_*.c";
ok(!@silent, 'every kind of rule has its sentence here', @silent);
my $number = 0;
put("$tmp/forms.yaml", encode('UTF-8', $head . "criteria:\n" . join('', map { "  - id: f" . $number++ . "\n    max: 2\n    over_max: " . ($_->[0] =~ /allow/ ? 'allow' : $_->[0] =~ /^(?:points|count|deduct)/ ? 'cap' : 'error') . "\n    score: {$_->[0]}\n" } @sentences)));
my ($status, $words) = words_of("$tmp/forms.yaml");
ok($status eq '0', 'the set with every form is read', decode('UTF-8', (finish(start($tmp, {}, $ari, 'check', "$tmp/forms.yaml")))[2]));
for my $i (0 .. $#sentences) {
  my ($form, $vi, $en) = @{$sentences[$i]};
  for (['vi', $vi, 'Phần vượt điểm tối đa không được tính.'], ['en', $en, 'What is above the maximum is cut off.']) {
    my ($lang, $want, $cut) = @$_;
    my $got = $words->{$lang}{"f$i"}[0] // '';
    $got =~ s/ \Q$cut\E$//;
    is($got, $want, "$lang: $form");
  }
}

# ---- whatever stands in a form ----

# Words of the language of formulas and of criteria files that are no words of Vietnamese.
my $keywords = join '|', qw(if then else and or not min max abs round clamp present previous cohort days sqrt pow ln exp sum mean count yes no share full_at full_from zero_below partial
  bands from above points cases when deduct each at_most at_least start judged minmax zscore percentile between better outside choice survey options yes_no the of is);

# The numbers of a rule as each language writes them: grouped, with its decimal sign, percentages with its space.
sub numbers_of {
  my ($rule, $lang) = @_;
  my @numbers;
  while ($rule =~ /(?<![\w.'])(\d+)(?:\.(\d+))?(%)?(?![\w.])/g) {
    my ($whole, $part, $percent) = ($1, $2, $3 // '');
    next if "$whole$percent" eq '100%' || $whole == 0 && !$part;   # full points; no points
    my ($group, $point) = $lang eq 'vi' ? ('.', ',') : (',', '.');
    1 while $whole =~ s/^(\d+)(\d{3})/$1$group$2/;
    push @numbers, $whole . ($part ? $point . $part =~ s/0+$//r : '') . ($percent ? $lang eq 'vi' ? ' %' : '%' : '');
  }
  return @numbers;
}

# What is wrong with the words of a criterion: a number that is not there, a name, a keyword.
sub faults_of {
  my ($lang, $words, $rule, @names) = @_;
  my @faults = map { "number $_" } grep { $words !~ /(?<![\d.,])\Q$_\E(?![\d])/ } numbers_of($rule =~ s/full_at: (0\.\d+)/'full_at: ' . 100 * $1 . '%'/er, $lang);
  my $bare = $words =~ s/“[^”]*”//gr;   # titles are the author's
  my $names = join '|', map { quotemeta } @names;
  push @faults, map { "word $_" } $bare =~ /(?<![\pL\pM])((?:$names)(?![\pL\pM\d_]))/g if $names;
  push @faults, map { "word $_" } $bare =~ /(?<![\pL\pM])((?:$keywords)(?![\pL\pM]))/g if $lang eq 'vi';
  push @faults, "no sentence" unless $words =~ /^\S.*[.]$/s;
  return map { "$lang: $_: $words" } @faults;
}

my ($equals) = decode('UTF-8', slurp("$top/src/man/ari-criteria.5")) =~ /example: equals\n\.Bd[^\n]*\n(.*?)\.Ed/s;
my @forms;
for my $line (split /\n/, $equals) {   # a form, perhaps on two lines, then its expression
  if ($line =~ /^\S/) { push @forms, $line }
  elsif ($forms[-1] =~ /,$/ || ($forms[-1] =~ tr/[{//) != ($forms[-1] =~ tr/]}//)) { $forms[-1] .= $line =~ s/^\s+/ /r }
}
# Numbers that tell whose they are.
my %letters = (R => 'a / (b + 41)', T => '91.5%', F => '83.25%', Z => '37%', V => 'a * 1500 / b', N => 'n', W => 'a / 1007', H => 2345.5, K => 17, B => 'a > 61', C => 'n <= 53', X => 'kind', Y => 'y',
  P => '2', Q => '1.75', S => '12.5%', E => '0.375', L => '2');
my @rules = map { my $form = $_; $form =~ s/\b([A-Z])\b/$letters{$1}/g; $form =~ s/at_least: 2/at_least: 0.125/r =~ s/start: 12.5%/start: 2/r } @forms;
put("$tmp/man.yaml", encode('UTF-8', $head . "criteria:\n" . join '', map { "  - {id: f$_, max: 2, over_max: cap, score: {$rules[$_]}}\n" } 0 .. $#rules));
($status, $words) = words_of("$tmp/man.yaml");
ok($status eq '0' && @rules > 20, 'the set with the forms of the manual is read', decode('UTF-8', (finish(start($tmp, {}, $ari, 'check', "$tmp/man.yaml")))[2]));
for my $lang (qw(vi en)) {
  my @faults = map { faults_of($lang, $words->{$lang}{"f$_"}[0] // '', $rules[$_], qw(a b n fee done kind y marks sent due)) } 0 .. $#rules;
  ok(!@faults, "$lang: every form of the manual, with all its numbers and nothing of its writing", @faults);
}

# ---- the shipped sets ----

for my $set (qw(ministry-departments postal-service service-quality-766)) {
  my ($state, $all, @needs) = words_of("$top/criteria/$set/criteria.yaml");
  my %seen;
  my @names = grep { /_/ && !$seen{$_}++ } decode('UTF-8', slurp("$top/criteria/$set/criteria.yaml")) =~ /([a-z]+(?:_[a-z]+)+)/g;
  for my $lang (qw(vi en)) {
    my $of = $all->{$lang} // {};
    my @faults = map { my $words = $of->{$_}; (faults_of($lang, $words->[0], $words->[0] =~ /^(?:Chỉ theo dõi|Watched)/ ? '' : $words->[2], @names), faults_of($lang, $words->[1], '', @names)) } sort keys %$of;
    ok($state eq '0' && %$of && !@faults, "$set, $lang: every criterion", @faults);
  }
  ok($set ne 'ministry-departments' || "@needs" =~ /vi: tỷ lệ điểm đạt của “Công tác chỉ đạo, điều hành cải cách hành chính” ≥ 75 %/, "$set: what grades ask for", @needs);
}

# ---- what holds besides the rule ----

my $terms = $head . <<'Y';
tiers: {town: {vi: Xã, en: Towns}, county: {vi: Huyện, en: Counties}}
documents: 1
penalty:
  max: 5
  title: {vi: Điểm trừ, en: Penalty}
  criteria:
    - {id: taken, max: 5, source: central, inputs: {times: {type: count, title: {vi: Số lần vi phạm, en: Times}}}, score: {count: times, each: 1, at_most: max}}
criteria:
  - {id: plain, max: 4, score: {share: a / b}, empty: {policy: spread, to: [late]}, not_applicable: zero, title: {vi: Thường, en: Plain}}
  - {id: late, max: 4, score: {count: n, each: 0.5, at_most: max}, over_max: cap, documents: 3, title: {vi: Chậm, en: Late}}
  - {id: given, max: 4, tiers: [town], elsewhere: full, score: {yes_no: done}}
  - id: mixed
    max: 4
    combine: weighted
    criteria:
      - {id: mixed.a, max: 10, weight: 62.5%, documents: 0, missing: zero, score: {yes_no: done}}
      - {id: mixed.b, max: 10, weight: 37.5%, score: {points: a}}
  - {id: watched.too, max: 0, score: {share: a / b}}
  - {id: watched, max: 0, inputs: {seen: {type: count, title: {vi: Lượt xem, en: Visits}}}}
Y
put("$tmp/terms.yaml", encode('UTF-8', $terms));
($status, $words) = words_of("$tmp/terms.yaml");
ok($status eq '0', 'the set with policies is read', decode('UTF-8', (finish(start($tmp, {}, $ari, 'check', "$tmp/terms.yaml")))[2]));
my $document = 'Phải nêu ít nhất 1 tài liệu kiểm chứng, nếu không thì coi là thiếu số liệu.';
my %want = (
  plain => "Tính tỷ lệ “Số việc xong” ÷ “Số việc giao”. Điểm = điểm tối đa × tỷ lệ. $document Khi không phát sinh (0/0): loại ra, điểm tối đa chia đều cho “Chậm”. "
    . 'Khi thiếu số liệu: loại ra, trừ khỏi điểm tối đa. Khi cơ quan báo không áp dụng: 0 điểm, điểm tối đa vẫn tính.',
  late => 'Mỗi báo cáo gửi chậm tính 0,5 điểm, nhiều nhất là điểm tối đa. Phần vượt điểm tối đa không được tính. Phải nêu ít nhất 3 tài liệu kiểm chứng, nếu không thì coi là thiếu số liệu. '
    . 'Khi thiếu số liệu: loại ra, trừ khỏi điểm tối đa. Không được báo không áp dụng.',
  given => 'Loại đơn vị này được điểm tối đa mà không phải chấm.',
  mixed => 'Điểm = điểm tối đa × trung bình có trọng số của mức đạt (điểm ÷ điểm tối đa) ở các tiêu chí bên dưới.',
  'mixed.a' => '“Đã công khai” – có: điểm tối đa; không: 0 điểm. Trọng số 62,5 %. Khi thiếu số liệu: 0 điểm, điểm tối đa vẫn tính. Không được báo không áp dụng.',
  watched => 'Chỉ theo dõi, không chấm điểm.', 'watched.too' => 'Chỉ theo dõi, không chấm điểm.',
  penalty => 'Điểm là tổng điểm của các tiêu chí bên dưới. Phần vượt điểm tối đa không được tính. Số điểm này trừ vào tổng điểm.',
  taken => 'Mỗi lần vi phạm trừ 1 điểm, nhiều nhất là điểm tối đa. Số điểm này trừ vào tổng điểm. Có số liệu do cơ quan chủ trì cung cấp; chưa có thì chờ, chưa tính vào điểm. '
    . 'Không được báo không áp dụng.',
);
is($words->{vi}{$_}[1] // '', $want{$_}, "all that holds for $_") for sort keys %want;

# ---- the arithmetic on the sheets ----

my @set = ("$top/criteria/ministry-departments", "$top/criteria/ministry-departments/example", '--period', '2026');
my %why = (
  # 19 of 20 tasks: 0.95 lies from 80 % to below 100 %, so 75 % of 2 points times 0.95 = 1.425, rounded half up to 1.43
  vi => ['“Số nhiệm vụ hoàn thành” ÷ “Số nhiệm vụ trong kế hoạch” = 19 ÷ 20 = 0,95<br>0,95 × 1,5 = 1,425<br>làm tròn = 1,43',
    # tasks: 42 = 42, but one of them late, so the second case: 75 % of 3
    '= 0: 42 = 42 và 1 = 0 → không đúng<br>(2) “Số nhiệm vụ hoàn thành” = “Số nhiệm vụ được giao đến hạn trong năm”: 42 = 42 → đúng: 75 % điểm tối đa = 2,25<',
    # what kept an agency from a grade: 14.2 of 19 points = 74.7368421053 %
    '” ≥ 75 %: 74,7368421053 % ≥ 75 % – không đạt<', 'từ 85 % đến dưới 95 %: 75 % điểm tối đa = 1,5<', '“Thời điểm ban hành”: “Chậm nhưng trước ngày 31/01”<br>50 % điểm tối đa = 0,5<', 'nếu không thì 0) = 50 % × 2 + 50 % × 2 = 2<'],
  en => ['“Tasks done” ÷ “Tasks planned” = 19 ÷ 20 = 0.95<br>0.95 × 1.5 = 1.425<br>rounded = 1.43', '42 = 42 and 1 = 0 → does not hold<br>(2) ', 'from 85% to below 95%: 75% of the maximum = 1.5<'],
);
for my $lang (qw(vi en)) {
  my ($ran, undef, $err) = finish(start($top, {}, $ari, 'run', @set, '--charts', 'none', '-o', "$tmp/run-$lang", '--lang', $lang));
  my $page = decode('UTF-8', slurp("$tmp/run-$lang/report.html"));
  my ($sheets) = $page =~ m{id="sheets">(.*)<section id="method"}s;
  my @cells = grep { length } ($sheets // '') =~ m{<td>([^<]*(?:<br>[^<]*)*)</td></tr>}g;
  my @faults = map { my $cell = s/(?:Ghi chú|Lý do|Tài liệu|Giải trình[^:]*): [^<]*//gr; faults_of($lang, "$cell.", '', qw(on_time late planned done assigned training_days)) } $lang eq 'vi' ? @cells : ();
  ok($ran eq '0' && @cells > 100 && !@faults, "$lang: nothing of the criteria file on the sheets", $err, @faults);
  ok(index($sheets // '', $_) > 0, "$lang: $_") for @{$why{$lang}};
  ok(($sheets // '') !~ /cohort\.|full_at|at_most|→ áp dụng/, "$lang: no key, no sign of formulas", ($sheets // '') =~ /(.{0,80}(?:cohort\.|full_at|at_most|→ áp dụng).{0,80})/);
}
done();
