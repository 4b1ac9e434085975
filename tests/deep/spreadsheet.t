#!/usr/bin/perl
# The workbook of a report on paper: nothing is cut, heads and charts are there. And the worksheet of an appraisal through LibreOffice: opened, saved as its own file and as CSV again, it says the same, and is read back. All figures are invented.
use strict;
use warnings;
use File::Basename qw(dirname);
use lib dirname($0);
use Deep;

need($_) for 'soffice', 'pdftotext';
my $ari = "$build/release/ari";
sub put { my ($path, $text) = @_; open(my $f, '>:raw', $path) or die "$path: $!"; print $f $text; close $f or die "$path: $!" }

mkdir "$tmp/set" or die;
put("$tmp/set/criteria.yaml", <<'END');
ari: criteria/1
id: one
title: {vi: Bộ chỉ số, en: An index}
period: year
rounding: {leaf: 2}
criteria:
  - id: "1.10"
    title: {vi: "Đúng hạn; đầy đủ", en: "On time, complete"}
    max: 10
    inputs: {on_time: count, received: count}
    score: {share: on_time / received}
    empty: zero
END
put("$tmp/set/agencies.csv", "id,name,group\n007,Sở Nội vụ,g\n");
put("$tmp/evidence.csv", "agency,period,1.10.on_time,1.10.received,1.10.claimed,1.10.note\n007,2026,40,50,9.25,\"hai dòng;\ndòng sau\"\n");
for (['round', 'open', "$tmp/r.db", "$tmp/set", '--period', '2026'], ['submit', "$tmp/r.db", "$tmp/evidence.csv"], ['round', 'set', "$tmp/r.db", 'appraising']) {
  my ($status, $said) = run($ari, @$_);
  ok($status eq 0, "@$_[0 .. 1]", $said);
}
my %separator = (vi => 59, en => 44);
for my $lang (qw(vi en)) {
  my ($status, $said) = run($ari, '--lang', $lang, 'appraise', "$tmp/r.db", '--worksheet', '-o', "$tmp/$lang.csv");
  ok($status eq 0, "$lang: a worksheet", $said);
  my @office = ('soffice', '--headless', "-env:UserInstallation=file://$tmp/profile");
  run('/usr/bin/env', 'timeout', 120, @office, "--infilter=CSV:$separator{$lang},34,76,1", '--convert-to', 'ods', '--outdir', "$tmp/$lang", "$tmp/$lang.csv");
  run('/usr/bin/env', 'timeout', 120, @office, '--convert-to', "csv:Text - txt - csv (StarCalc):$separator{$lang},34,76,1,,0,false,true,false", '--outdir', "$tmp/$lang", "$tmp/$lang/$lang.ods");
  my $before = slurp("$tmp/$lang.csv") =~ s/^\xEF\xBB\xBF//r;
  my $after = slurp("$tmp/$lang/$lang.csv");
  ok($before =~ s/"//gr eq $after =~ s/"//gr, "$lang: LibreOffice keeps it as it is", "before:", $before, "after:", $after);
  my $sign = chr $separator{$lang};
  ok($after =~ s/^('007$sign'1\.10)$sign{5}/$1${sign}points${sign}${sign}7.5${sign}c\xC3\xB3 minh ch\xE1\xBB\xA9ng${sign}/m, "$lang: a row can be filled in", $after);
  put("$tmp/$lang.filled.csv", $after);
  ($status, $said) = run($ari, '--lang', 'en', 'appraise', "$tmp/r.db", "$tmp/$lang.filled.csv");
  ok($status eq 0, "$lang: it is accepted", $said);
  ($status, $said) = run($ari, 'stages', "$tmp/r.db", '--format', 'csv');
  ok($said =~ /^007,1\.10,1,9\.25,8,7\.5,/m, "$lang: 40 of 50 are 8 of 10 points, and 7.5 as they were settled", $said);
}

# ---- the workbook of a report ----

my %told = (vi => ['Đơn vị giả định J (vụ)', 'chưa công bố, không', 'Cục và tương đương – điểm theo lĩnh vực', 'Tổng điểm'],
            en => ['Invented department J', 'withheld: not ranked', 'Authorities – points by field', 'Total']);
for my $lang (qw(vi en)) {
  my ($status, $said) = run($ari, '--lang', $lang, 'report', "$top/criteria/ministry-departments", "$top/criteria/ministry-departments/example", '--period', 2026, '-o', "$tmp/report-$lang.xlsx");
  ok($status eq 0, "$lang: a workbook", $said);
  my @office = ('/usr/bin/env', 'timeout', 120, 'soffice', '--headless', "-env:UserInstallation=file://$tmp/profile", '--convert-to');
  run(@office, 'pdf', '--outdir', $tmp, "$tmp/report-$lang.xlsx");
  run('pdftotext', '-layout', "$tmp/report-$lang.pdf", "$tmp/report-$lang.txt");
  my @pages = split /\f/, slurp("$tmp/report-$lang.txt");
  my $all = join("\n", @pages) =~ s/[ \n]+/ /gr;
  ok(@pages >= 10 && @pages <= 50, "$lang: so many pages that its letters can be read", scalar @pages);
  my @lost = grep { index($all, $_) < 0 } @{$told{$lang}};
  ok(!@lost, "$lang: what stands on its sheets stands on paper", @lost);
  my $name = $lang eq 'vi' ? qr/Hạng +Mã +Cơ quan/ : qr/Rank +Id +Agency/;
  my ($ranked, $headed) = (0, 0);
  for my $page (@pages) { last unless $page =~ /don-vi-a/ && $page !~ /1\.1\.1/; $ranked++; $headed++ if $page =~ $name }
  ok($ranked >= 2 && $ranked == $headed, "$lang: each page of the ranking has its head", "$headed of $ranked");
  run(@office, 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false', '--outdir', "$tmp/csv-$lang", "$tmp/report-$lang.xlsx");
  my ($row) = slurp("$tmp/csv-$lang/report-$lang.csv") =~ /^(1,don-vi-b,.*)$/m;
  ok(defined $row && $row =~ /,98\.15,100,98\.15,/, "$lang: LibreOffice reads the figures as they are shown", $row);
}
done();
