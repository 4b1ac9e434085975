#!/usr/bin/perl
# The form that an agency fills in (ari(1), form): as YAML it is evidence and says what is carried over; as a workbook it holds the same points as the engine. That a
# spreadsheet program works out the same is tests/deep/form.t. All figures are the invented ones of the sets' examples.
use strict;
use warnings;
use File::Basename qw(dirname);
use IO::Uncompress::Unzip;
use JSON::PP qw(decode_json);
use lib dirname($0);
use Harness qw($top $ari $tmp ok is done slurp put shell finish start);

sub run { return finish(start($tmp, {}, $ari, @_)) }
sub fine { my ($status, $said, $told) = @_; return $status == 0 && $said =~ /^(?:Đã lập biểu mẫu|The form is written): \S+\n\z/ && $told eq '' }
my %sets = ('ministry-departments' => ['don-vi-a', 2026], 'service-quality-766' => ['H44.20', '2026-08'], 'postal-service' => ['', '2021']);
my $ministry = "$top/criteria/ministry-departments";

# ---- YAML ----
for my $lang (qw(vi en)) {
  my ($status, $said, $told) = run('--lang', $lang, 'form', $ministry, '--agency', 'don-vi-a', '--period', '2026', '-o', "$tmp/empty.$lang.yaml");
  ok(fine($status, $said, $told), "$lang: a form in YAML, and nothing is told", $said, $told);
  ($status, $said, $told) = run('--lang', 'en', 'check', $ministry, "$tmp/empty.$lang.yaml");
  ok($status == 0 && $told !~ /error/ && $told =~ /W0947/, "$lang: it can be read as it is, and says that nothing is filled in", $said, $told);
  my $text = slurp("$tmp/empty.$lang.yaml");
  ok($text =~ /^    #timing: $/m && $text =~ /^  1\.1\.1:$/m, "$lang: an input waits behind its #");
  ok($text !~ /#assigned:|^ *assigned:/m, "$lang: what others supply is not asked");
  # every line that is filled in can be read: 3 of 4 tasks
  $text =~ s/^    #done: $/    done: 3/m;
  $text =~ s/^    #planned: $/    planned: 4/m;
  put("$tmp/filled.$lang.yaml", $text);
  ($status, $said, $told) = run('--lang', 'en', 'score', $ministry, "$tmp/filled.$lang.yaml", '--format', 'csv', '--keep-going');
  ok($told =~ /5\.1/, "$lang: what it lacks is told as ever", $told);
}
my ($status, $said, $told) = run('form', $ministry, '--agency', 'don-vi-a', '--from', "$ministry/example/don-vi-a.yaml", '-o', "$tmp/carried.yaml");
ok(fine($status, $said, $told), 'carried over: of the same period, which need not be named', $said, $told);
my @points = map { (run('score', $ministry, $_, '--format', 'csv'))[1] } "$ministry/example/don-vi-a.yaml", "$tmp/carried.yaml";
is($points[1], $points[0], 'it scores as the evidence that it was made from, claims and documents too');
($status, $said, $told) = run('form', $ministry, '--agency', 'don-vi-a', '--from', "$ministry/example/don-vi-a.yaml", '--period', '2027', '-o', "$tmp/next.yaml");
my $next = slurp("$tmp/next.yaml");
ok(fine($status, $said, $told), 'carried over into the next period', $said, $told);
ok($next =~ /^period: 2027$/m && $next =~ /^    staff: 64$/m && $next =~ /^    #claimed: $/m && $next !~ /118\/KH-A/, 'values stand in it; claims and documents of another year do not');

($status, $said, $told) = run('form', $ministry, '--agency', 'don-vi-a', '--from', "$ministry/example/gia-dinh-so-lieu-2025.csv", '--period', '2026', '-o', "$tmp/last.yaml");
ok($status == 0 && slurp("$tmp/last.yaml") =~ /^    petitions: 55$/m, 'figures of last period are carried over', $said, $told);

# ---- what is refused ----
($status, $said, $told) = run('--lang', 'en', 'form', $ministry, '--agency', 'don-vi-a', '--period', '2026', '-o', "$tmp/carried.yaml");
ok($status == 3 && $told =~ /F0940/ && slurp("$tmp/carried.yaml") =~ /staff: 64/, 'a form that is there, perhaps filled in, is not replaced', $told);
for (['--period', '2026', '-o', "$tmp/x.yaml"], ['--agency', 'don-vi-a', '-o', "$tmp/x.yaml"], ['--agency', 'don-vi-a', '--period', '2026'],
     ['--agency', 'don-vi-a', '--period', '2026', '-o', "$tmp/x.pdf"], ['--agency', 'don-vi-aa', '--period', '2026', '-o', "$tmp/x.yaml"],
     ['--agency', 'don-vi-a', '--period', '2026', '-o', "$tmp/x.yaml", 'more.yaml']) {
  ($status, $said, $told) = run('--lang', 'en', 'form', $ministry, @$_);
  ok($status == 2 && !-e "$tmp/x.yaml", "refused: @$_", $status, $told);
}
($status, $said, $told) = run('--lang', 'en', 'form', $ministry, '--agency', 'don-vi-a', '--period', '2026-08', '-o', "$tmp/x.yaml");
ok($status == 1 && $told =~ /E0456/ && !-e "$tmp/x.yaml", 'a period that the set is not made for', $told);

# ---- the workbook ----
# Rows of the answers by key: {word of the column} = [formula, value], as the file holds them.
sub answers {
  my ($file) = @_;
  my (%part, %rows, @words);
  my $archive = IO::Uncompress::Unzip->new($file) or return {};
  do { local $/; my $text = <$archive>; $part{$archive->getHeaderInfo()->{Name}} = $text // '' } while $archive->nextStream() > 0;
  my @texts = map { join '', />([^<]*)<\/t>/g } $part{'xl/sharedStrings.xml'} =~ /<si>(.*?)<\/si>/gs;
  for ($part{'xl/worksheets/sheet1.xml'} =~ /<row [^>]*>(.*?)<\/row>/gs) {
    my %row;
    while (m{<c r="([A-Z]+)\d+"([^>]*?)(?:/>|>(.*?)</c>)}gs) {
      my ($column, $about, $inside) = ($1, $2, $3 // '');
      my ($formula) = $inside =~ m{<f>(.*?)</f>};
      my $value = $inside =~ m{<v>(.*?)</v>} ? $1 : '';
      $value = $texts[$value] if $about =~ /t="s"/;
      $row{$column} = [$formula // '', $value];
    }
    @words = %row if !@words;
    my %word = map { ref $words[$_ + 1] ? ($words[$_] => $words[$_ + 1][1]) : () } grep { $_ % 2 == 0 } 0 .. $#words;
    $rows{$row{A}[1]} = {map { ($word{$_} // $_) => $row{$_} } keys %row} if $row{A};
  }
  return \%rows;
}

# What stands in the file before anybody works it out again are the engine's points, as far as a spreadsheet's numbers go.
{
  my $file = "$tmp/held.xlsx";
  run('form', $ministry, '--agency', 'don-vi-a', '--from', "$ministry/example/don-vi-a.yaml", '-o', $file);
  my $rows = answers($file);
  my ($total, $n, @wrong) = ('', 0);
  for (split /\n/, (run('score', $ministry, "$ministry/example/don-vi-a.yaml", '--format', 'csv'))[1]) {
    my ($agency, $id, $level, $state, $max, $points) = split /,/;
    next if $agency ne 'don-vi-a' || !$rows->{$id} || $id =~ /^(?:3|3\.2|3\.2\.3|3\.5|4|4\.4|total)$/;   # compared with others, and what is above that
    push @wrong, "$id: '$rows->{$id}{points}[1]', wanted '$points'" if ($rows->{$id}{points}[1] eq '') != ($points eq '') || ($points ne '' && abs($rows->{$id}{points}[1] - $points) > 1e-9);
    $n++;
  }
  ok($n > 50 && !@wrong, 'the points that the file holds are the engine\'s', $n, @wrong);
  ok($rows->{'1.1.2'}{points}[0] =~ /^IF\(/ && $rows->{'1.1.2'}{value}[0] eq '' && $rows->{'1.1.2.done'}{value}[1] eq '19', 'points are formulas, values are not');
}
# A form that nothing is carried into holds what each criterion lacks, for programs that show a file without working it out.
for (['vi', 'còn thiếu số liệu', 'Số tiêu chí còn thiếu: 42. '], ['en', 'figures are missing', 'Criteria still missing something: 42. ']) {
  my ($lang, $missing, $left) = @$_;
  my $file = "$tmp/unfilled.$lang.xlsx";
  run('--lang', $lang, 'form', $ministry, '--agency', 'don-vi-a', '--period', '2026', '-o', $file);
  my $rows = answers($file);
  my @scored = grep { ($rows->{$_}{J}[1] // '') =~ /^(?:scored|đã chấm)$/ } sort keys %$rows;
  my $lacking = grep { ($rows->{$_}{J}[1] // '') eq $missing && $rows->{$_}{P}[1] eq '2' } keys %$rows;
  ok(!@scored && $lacking == 42, "$lang: unfilled, nothing is scored", $lacking, @scored);
  is("$rows->{'1.1.1'}{points}[1] $rows->{total}{points}[1] $rows->{total}{J}[1]", "0 0 $left", "$lang: and the total says how much is left");
  # It is don-vi-a's all the same, and nothing to hand in. 5.1 may not be missing: until the form is handed in it is listed with the others.
  for my $form ($file, "$tmp/unfilled.$lang.yaml") {
    run('--lang', $lang, 'form', $ministry, '--agency', 'don-vi-a', '--period', '2026', '-o', $form) if !-e $form;
    ($status, $said, $told) = run('--lang', $lang, 'assess', $ministry, $form, '--format', 'json');
    my $sheet = $status eq 0 ? decode_json($said) : {missing => []};
    ok($status eq 0 && $sheet->{agency} eq 'don-vi-a' && $sheet->{state} eq 'provisional' && 2 == grep({ $_->{criterion} eq '5.1' } @{$sheet->{missing}}), "$form: assessed as its agency's", $status, $said, $told);
    unlink "$tmp/r.db";
    run('round', 'open', "$tmp/r.db", $ministry, '--period', '2026');
    for my $how (['submit', "$tmp/r.db", $form], ['pack', $ministry, $form, '-o', "$tmp/none.zip"]) {
      ($status, $said, $told) = run('--lang', $lang, @$how);
      ok($status eq 1 && $told !~ /\[E(?!0935)/ && $told =~ /\[E0935\]/ && $told !~ /W0947/ && !-e "$tmp/none.zip", "$form: $how->[0] refuses it", $status, $said, $told);
    }
  }
}
for my $lang (qw(vi en)) {
  for my $from ([], ['--from', "$ministry/example/don-vi-a.yaml"]) {
    my $file = "$tmp/form.$lang." . @$from . '.xlsx';
    ($status, $said, $told) = run('--lang', $lang, 'form', $ministry, '--agency', 'don-vi-a', '--period', '2026', @$from, '-o', $file);
    ok(fine($status, $said, $told), "$lang: a workbook" . (@$from ? ', with values' : ''), $said, $told);
    ok(slurp($file) =~ /^PK/, "$lang: it is an archive");
    rename $file, "$file.first";
    run('--lang', $lang, 'form', $ministry, '--agency', 'don-vi-a', '--period', '2026', @$from, '-o', $file);
    ok(slurp($file) eq slurp("$file.first"), "$lang: the same form is the same bytes");
  }
}
# ---- on paper, and what its cells say ----
sub slurp_sheet { return (sheets(@_))[0] }
sub sheets {
  my ($file) = @_;
  my %part;
  my $archive = IO::Uncompress::Unzip->new($file) or return ();
  do { local $/; my $text = <$archive>; $part{$archive->getHeaderInfo()->{Name}} = $text // '' } while $archive->nextStream() > 0;
  return map { $part{"xl/worksheets/sheet$_.xml"} // () } 1 .. 4;
}
run('form', "$top/criteria/service-quality-766", '--agency', 'H44.20', '--period', '2026-08', '-o', "$tmp/ids.xlsx");
for my $file ('unfilled.vi.xlsx', 'unfilled.en.xlsx', 'ids.xlsx') {
  my @sheets = sheets("$tmp/$file");
  my ($wide, $shape) = (0, '');
  while ($sheets[0] =~ m{<col ([^>]*)/>}g) { my $about = $1; $wide += $1 if $about !~ /hidden/ && $about =~ /width="([\d.]+)"/ }
  # A digit is 7 pixels of 96 to the inch. A4 has 297 mm less two margins of 0.25 inch = 11.19 inches = 1074 pixels; at 8 points of 11 that is room for 1074 × 11 / 8 / 7 = 211 digits;
  # the letters of LibreOffice where it lacks Calibri are wider by 9.15 / 7: 161.
  ok($wide > 100 && $wide <= 161, "$file: its columns fit the page with letters of 8 points", $wide);
  ok(!grep({ !/<pageMargins left="0.25" right="0.25"/ || !/<pageSetup paperSize="9"[^>]* orientation="landscape"/ } @sheets[0 .. $#sheets - 1]), "$file: narrow margins, across");
  my @checks = map { /<dataValidation (.*?)>/g } @sheets;
  ok(@checks > 20 && !grep({ !/ error="\p{Lu}[^"]*\."/u } map { my $c = $_; utf8::decode($c); $c } @checks), "$file: alerts are sentences", grep { !/ error="[^"]*\."/ } @checks);
  ok($sheets[0] !~ /promptTitle/, "$file: titles of hints are not cut");
}
{
  my ($rows, $ids) = (answers("$tmp/unfilled.vi.xlsx"), answers("$tmp/ids.xlsx"));
  ok($rows->{'1.1.1'}{rule}[1] =~ /Phải nêu ít nhất 1 tài liệu kiểm chứng/, 'a rule says that it needs a document', $rows->{'1.1.1'}{rule}[1]);
  ok($rows->{'1.3.1'}{rule}[1] =~ /Khi không phát sinh \(0\/0\): /, '... and what comes of nothing', $rows->{'1.3.1'}{rule}[1]);
  ok($rows->{total}{rule}[1] =~ /^Nếu tiêu chí không ghi khác: Khi thiếu số liệu: 0 điểm/, '... and the total what comes of missing figures', $rows->{total}{rule}[1]);
  ok($rows->{'1.1.2.done'}{rule}[1] eq 'số nguyên', 'what to type stands beside the input', $rows->{'1.1.2.done'}{rule}[1]);
  my ($grade) = slurp_sheet("$tmp/ids.xlsx") =~ m{<c r="I8"[^>]*t="str"[^>]*><f>IF\(OR\([^<]*COUNTIF\([^<]*</f><v>([^<]*)</v>};
  ok(defined $grade && $grade eq '', 'a form that nobody has begun has no grade', $grade);
}

# ---- while it is being filled in ----
put("$tmp/half.yaml", "ari: evidence/1\nset: ministry-departments\nagency: don-vi-a\nperiod: 2026\nevidence:\n  1.1.2: {done: 3, planned: 4}\n");
for my $file ('unfilled.en.xlsx', 'half.yaml') {
  ($status, $said, $told) = run('--lang', 'en', 'assess', $ministry, "$tmp/$file");
  ok($status == 0 && $said =~ /^don-vi-a /m && $said =~ ($file eq 'half.yaml' ? qr/ 5\.1\.in_post$/m : qr/ sheet "Self-assessment", cell F\d+$/m) && $told !~ /E0506/, "assess lists what $file lacks, also what must be there, and where", $status, $said, $told);
  run('--lang', 'en', 'round', 'open', "$tmp/$file.db", $ministry, '--period', '2026');
  ($status, $said, $told) = run('--lang', 'en', 'submit', "$tmp/$file.db", "$tmp/$file");
  ok($told =~ ($file eq 'half.yaml' ? qr/E0506/ : qr/E0935/) && $told !~ /W0947/, "... and nobody receives $file", $status, $told);
}
put("$tmp/nobody.yaml", slurp("$tmp/half.yaml") =~ s/don-vi-a/don-vi-zz/r);
($status, $said, $told) = run('--lang', 'en', 'check', $ministry, "$tmp/nobody.yaml", '--previous', "$ministry/example/gia-dinh-so-lieu-2025.csv");
ok($told =~ /E045[12]/ && $told !~ /E0458/, 'where the evidence is of nobody, last period\'s is not blamed', $told);
done();
