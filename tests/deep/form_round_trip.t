#!/usr/bin/perl
# A form that was filled in and saved by LibreOffice, by Gnumeric, or as ari wrote it, says what was typed: every type of input, Vietnamese in both normal forms, and
# the examples of every shipped set. Values go into the form with --from and come out of the saved file as a form in YAML. Figures are invented but for the examples.
use strict;
use warnings;
use File::Basename qw(dirname);
use IO::Compress::Zip qw(zip $ZipError);
use IO::Uncompress::Unzip;
use lib dirname($0);
use Deep;

need('soffice');
need('ssconvert');
my $ari = "$build/release/ari";
sub put { my ($path, $text) = @_; open(my $f, '>:raw', $path) or die "$path: $!"; print $f $text; close $f or die "$path: $!" }

mkdir "$tmp/set" or die;
put("$tmp/set/criteria.yaml", <<'END');
ari: criteria/1
id: types
title: Các kiểu số liệu
period: year
rounding: {leaf: 2}
max: 4
not_applicable: zero
inputs: {staff: {type: count, unit: người, from: 1}}
criteria:
  - id: "1"
    max: 1
    documents: 1
    inputs:
      done: yes_no
      n: count
      temperature: {type: number, from: -40, to: 60}
      cost: money
      rate: percent
      sent: date
      timing: {type: choice, options: {on_time: Trước ngày 31/12 năm trước, late: "Trễ, có lý do", "never": Không ban hành}}
      why: text
      scores: {type: list, list: true}
    score: {yes_no: done}
  - id: "2"
    max: 2
    inputs:
      answers: {type: survey, options: {a: Hài lòng, b: Bình thường, c: Không hài lòng}}
    score: {survey: answers, options: {a: 100%, b: 50%, c: 0}}
    empty: zero
  - id: "3"
    max: 1
    inputs: {x: count}
    score: {share: x / staff}
END
{
  my $set = slurp("$tmp/set/criteria.yaml");
  $set =~ s/type: list, list: true/type: number, list: true/;
  put("$tmp/set/criteria.yaml", $set);
}
put("$tmp/set/agencies.csv", "id,name,group\nso-noi-vu,Sở Nội vụ,g\n");
put("$tmp/evidence.yaml", <<'END');
ari: evidence/1
set: types
agency: so-noi-vu
period: 2026
evidence:
  total: {staff: 12480}
  "1":
    done: yes
    n: 900719925474
    temperature: -12.125
    cost: 1234567890.25
    rate: 7.46%
    sent: 2026-02-28
    timing: late
    why: "Đã gửi Bộ Nội vụ; chữ có dấu: ằ ẫ ộ ử ỵ, \"ngoặc\", <góc>, & và =1+1"
    scores: [85, 90.5, 0, -3]
    claimed: 0.75
    note: "=SUM(A1:A3) là chữ, không phải công thức"
    documents:
      - {number: 12/KH-SNV, date: 2026-01-15, title: Kế hoạch cải cách hành chính, file: docs/kh12.pdf}
      - {title: Báo cáo năm}
  "2": {answers: {a: 10, b: 5}, claimed: 1.67}
  "3": {not_applicable: Không có nhiệm vụ được giao}
END

# Values as a form in YAML says them, without comments and what is empty.
my $count = 0;
sub values_of {
  my ($set, $agency, @from) = @_;
  my $file = "$tmp/values" . $count++ . '.yaml';
  my ($status, $said) = run($ari, '--lang', 'en', 'form', $set, '--agency', $agency, '--from', @from, '-o', $file);
  return $status eq 0 ? join("\n", grep { !/^\s*#/ && !/note: ""/ && /\S/ } split /\n/, slurp($file)) : "status $status\n$said";
}
sub form { my ($lang, $set, $agency, $to, @from) = @_; unlink $to; my ($status, $said) = run($ari, '--lang', $lang, 'form', $set, '--agency', $agency, @from, '-o', $to); ok($status eq 0, "$lang $agency: a form", $said) if $status ne 0 }

# The same workbook with every text in the other normal form (NFD).
sub decompose {
  my ($from, $to) = @_;
  require Unicode::Normalize;
  my @parts;
  my $u = IO::Uncompress::Unzip->new($from) or die;
  do { local $/; my $text = <$u>; push @parts, [$u->getHeaderInfo()->{Name}, $text] } while $u->nextStream() > 0;
  my $z;
  for (@parts) {
    my ($name, $text) = @$_;
    if ($name eq 'xl/sharedStrings.xml') { utf8::decode($text); $text = Unicode::Normalize::NFD($text); utf8::encode($text) }
    if ($z) { $z->newStream(Name => $name) } else { $z = IO::Compress::Zip->new($to, Name => $name) or die $ZipError }
    $z->print($text);
  }
  $z->close();
}

sub saved_by {
  my ($base) = @_;
  run('/usr/bin/env', 'timeout', 120, 'soffice', "-env:UserInstallation=file://$tmp/profile", '--headless', '--convert-to', 'xlsx:Calc MS Excel 2007 XML', '--outdir', "$tmp/office", "$base.xlsx");
  run('ssconvert', '-T', 'Gnumeric_Excel:xlsx2', "$base.xlsx", "$base.gnumeric.xlsx");
  decompose("$base.xlsx", "$base.nfd.xlsx");
  return ("$base.xlsx", "$tmp/office/" . ($base =~ s{.*/}{}r) . '.xlsx', "$base.gnumeric.xlsx", "$base.nfd.xlsx");
}

my @cases = (['types', "$tmp/set", 'so-noi-vu', "$tmp/evidence.yaml"],
             ['ministry', "$top/criteria/ministry-departments", 'don-vi-a', "$top/criteria/ministry-departments/example/don-vi-a.yaml"],
             ['service', "$top/criteria/service-quality-766", 'H44.20', "$top/criteria/service-quality-766/example/evidence-2026-08.csv", '--period', '2026-08'],
             ['postal', "$top/criteria/postal-service", 'service-centre', "$top/criteria/postal-service/example/service-centre.yaml"]);
for my $lang (qw(vi en)) {
  for (@cases) {
    my ($name, $set, $agency, $from, @period) = @$_;
    my $want = values_of($set, $agency, $from, @period);
    ok($want =~ /^evidence:\n\s+\S/m, "$name: there are values", $want) if $lang eq 'vi';
    form($lang, $set, $agency, "$tmp/$name.$lang.xlsx", '--from', $from, @period);
    my @by = ('as it was written', 'saved by LibreOffice', 'saved by Gnumeric', 'in the other normal form');
    for my $file (saved_by("$tmp/$name.$lang")) {
      my $got = values_of($set, $agency, $file, @period);
      my $by = shift @by;
      my ($a, $b) = map { [split /\n/] } $want, $got;
      my @differ = map { ($a->[$_] // '') eq ($b->[$_] // '') ? () : ("want: " . ($a->[$_] // ''), "got:  " . ($b->[$_] // '')) } 0 .. ($#$a > $#$b ? $#$a : $#$b);
      ok($got eq $want, "$lang $name: $by", @differ[0 .. ($#differ > 12 ? 12 : $#differ)]);
    }
  }
}
done();
