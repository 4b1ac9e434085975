#!/usr/bin/perl
# Documents of an agency and the fingerprint of what it hands in: what is named and there, named and not there, there and not named, used twice; and that sheet, record and
# whoever works it out by hand come to the same hash. All figures and documents are invented.
use strict;
use warnings;
use FindBin qw($Bin);
use lib $Bin;
use Harness qw($ari $out $tmp ok is done put slurp start finish);
use Digest::SHA qw(sha256_hex);
use Encode qw(encode_utf8 decode_utf8);
use JSON::PP qw(decode_json);
use Unicode::Normalize qw(NFD);
use utf8;

sub ari { return finish(start($tmp, {}, $ari, map { encode_utf8($_) } @_)) }
sub sheet { my ($status, $said, $e) = ari('assess', @_, '--format', 'json'); return ok($status eq '0', "assess @_", $e) ? decode_json($said) : {} }
sub listed { return join(' ', map { ($_->{criterion} || '-') . ':' . ($_->{file} || '-') . '=' . $_->{state} . ($_->{same_as} ? "($_->{same_as})" : '') } @{$_[0]{documents}}) }
sub say_wide { my ($got, $want, $name) = @_; return is(encode_utf8($got), encode_utf8($want), $name) }

mkdir "$tmp/$_" for 'set', 'in', 'in/docs', 'in/docs/below', 'else', 'else/docs';
put("$tmp/set/criteria.yaml", encode_utf8(<<'YAML'));
ari: criteria/1
id: papers
version: 2026-01
title: {vi: Bộ thử, en: Trial set}
period: year
rounding: {leaf: 2}
criteria:
  - id: plan
    max: 4
    documents: 1
    inputs: {done: yes_no}
    score: {yes_no: done}
  - id: tasks
    max: 6
    documents: 2
    inputs: {done: count, all: {type: count, from: 1}}
    score: {share: done / all}
  - id: central
    max: 5
    source: central
    inputs: {rate: percent}
    score: {share: rate}
YAML
put("$tmp/set/agencies.csv", "id,name,group\nx,Agency X,g\ny,Agency Y,g\n");
my $evidence = encode_utf8(<<'YAML');
ari: evidence/1
set: papers
agency: x
period: 2026
evidence:
  plan:
    done: yes
    documents:
      - {number: 1/KH, date: 2026-01-15, title: Kế hoạch, file: docs/kh1.pdf}
      - {number: 2/KH}
  tasks:
    done: 3
    all: 4
    documents:
      - {number: 1/KH, file: docs/kh1.pdf}
      - {file: docs/copy.pdf}
      - {file: docs/lost.pdf}
      - {file: ../set/criteria.yaml}
      - {file: "docs\\kh1.pdf"}
      - {file: docs/link.pdf}
      - {file: docs/up/agencies.csv}
      - {file: docs/below}
      - {file: docs/báo cáo.pdf}
YAML
put("$tmp/in/x.yaml", $evidence);
put("$tmp/in/docs/kh1.pdf", 'plan 1');
put("$tmp/in/docs/copy.pdf", 'plan 1');
put("$tmp/in/docs/spare.pdf", 'spare');
put("$tmp/in/docs/.hidden", 'hidden');
put("$tmp/in/docs/below/deep.pdf", 'deep');
put("$tmp/in/other.yaml", 'evidence of somebody else');
put(encode_utf8("$tmp/in/docs/" . NFD('báo cáo') . '.pdf'), 'report');   # as some systems keep names
symlink 'kh1.pdf', "$tmp/in/docs/link.pdf";
symlink '../../set', "$tmp/in/docs/up";

# ---- the list ----

my $named = 'plan:docs/kh1.pdf=there plan:-=no_file tasks:docs/kh1.pdf=there(1) tasks:docs/copy.pdf=there(1) tasks:docs/lost.pdf=absent tasks:../set/criteria.yaml=outside '
  . 'tasks:docs\kh1.pdf=outside tasks:docs/link.pdf=link tasks:docs/up/agencies.csv=link tasks:docs/below=unreadable tasks:docs/báo cáo.pdf=there';
my $sheet = sheet('set', 'in/x.yaml');
say_wide(listed($sheet), "$named -:docs/spare.pdf=unnamed", 'what is named, how it was found, and what stands beside it unnamed');
is($sheet->{documents}[0]{sha256}, sha256_hex('plan 1'), 'hashed');
is($sheet->{documents}[4]{sha256}, '', 'what is not there has no hash');
is($sheet->{documents}[0]{date}, '2026-01-15', 'with its date');
say_wide(listed(sheet('set', 'in/x.yaml', '--documents', 'in')), "$named -:docs/below/deep.pdf=unnamed -:docs/spare.pdf=unnamed -:other.yaml=unnamed",
         'a folder that is named is looked through, without what was read from it');
put("$tmp/else/docs/kh1.pdf", 'another plan 1');
my $other = sheet('set', 'in/x.yaml', '--documents', 'else/');
ok(listed($other) =~ /^plan:docs\/kh1\.pdf=there .*tasks:docs\/copy\.pdf=absent/, 'documents are looked for below that folder', encode_utf8(listed($other)));
is($other->{documents}[0]{sha256}, sha256_hex('another plan 1'), 'and no other');
my ($status, $said, $e) = ari('assess', 'set', 'in/x.yaml', '--documents', 'nowhere');
ok("$status" eq 3 && $e =~ /\[F\d{4}\].*nowhere/, 'a folder that is not there', $status, $e);
put("$tmp/in/none.yaml", "ari: evidence/1\nset: papers\nagency: y\nperiod: 2026\nevidence:\n  plan: {done: yes}\n");
is(listed(sheet('set', 'in/none.yaml')), '', 'who names nothing is not told of files that may be of others');
($status, $said) = ari('assess', 'set', 'in/none.yaml', '--lang', 'en');
ok($said =~ /documents: needed 1, named 0/ && $said =~ /documents: needed 2, named 0/, 'what a criterion still needs stands there, where figures are missing too', $said);
($status, $said) = ari('assess', 'set', 'in/x.yaml', '--lang', 'vi');
ok(decode_utf8($said) =~ /Nêu tên 11, có tệp 4, chỉ nêu tên 1, thiếu tệp 6; tệp chưa tiêu chí nào nêu tên: 1\n/, 'counted in words: 4 + 1 + 6 = 11', $said);
ok(decode_utf8($said) =~ /có tệp; cùng tệp với plan /, 'the same file again', $said);
ok(decode_utf8($said) =~ /có tệp; cùng nội dung với plan: docs\/kh1\.pdf /, 'another file of the same contents', $said);

mkdir "$tmp/many";
put("$tmp/many/f$_", '') for 1 .. 10001;
($status, $said, $e) = ari('assess', 'set', 'in/none.yaml', '--documents', 'many', '--lang', 'en');
ok($status eq 0 && $e =~ /warning\[W0980\]: the folder "many" has more than 10000 files/, 'a folder with too many files is told', $status, $e);
($status, $said, $e) = ari('assess', 'set', 'in/none.yaml', '--documents', 'many', '--lang', 'vi');
ok(decode_utf8($e) =~ /cảnh báo\[W0980\]: thư mục "many" có hơn 10000 tệp/, 'in Vietnamese', $e);

my $deep = "$tmp/deep";
mkdir $deep;
mkdir($deep .= '/d') for 1 .. 17;
put("$deep/far.pdf", 'far');
($status, $said, $e) = ari('assess', 'set', 'in/none.yaml', '--documents', 'deep', '--lang', 'en');
ok($status eq 0 && $e =~ /warning\[W0980\]/ && $said !~ /far\.pdf/, 'so are folders in folders too deep', $status, $e);

chmod 0, "$tmp/deep/d";
($status, $said, $e) = ari('assess', 'set', 'in/none.yaml', '--documents', 'deep', '--lang', 'en');
ok($> == 0 || ($status eq 0 && $e =~ /warning\[W0980\]: .*one that may not be read/), 'so is a folder that may not be read', $status, $e);
chmod 0755, "$tmp/deep/d";
-e "$out/shims/badfolder.so" or die "$out/shims/badfolder.so is missing: run through make";
($status, $said, $e) = finish(start($tmp, {LD_PRELOAD => "$out/shims/badfolder.so", BAD_AT => 3}, $ari, 'assess', 'set', 'in/x.yaml', '--lang', 'en'));
ok($status eq 3 && $e =~ /\[F\d+\].*"in/s, 'no file of a folder is passed over in silence where the disk fails', $status, $said, $e);

mkdir "$tmp/odd";
put("$tmp/odd/$_", $_) for "a\xFF.pdf", "b\n\e[31m.pdf", 'c"<d>.pdf';
symlink 'c', "$tmp/odd/link";
symlink '/', "$tmp/odd/root";
is(listed(sheet('set', 'in/none.yaml', '--documents', 'odd')), "-:a\\xFF.pdf=unnamed -:b\n\e[31m.pdf=unnamed -:c\"<d>.pdf=unnamed", 'names that are no text, or meant to hurt, and links are no files');
($status, $said, $e) = ari('assess', 'set', 'in/none.yaml', '--documents', 'odd', '--lang', 'en');
ok($said =~ /a\\xFF\.pdf/ && $said =~ /b\\u\{0A\}\\u\{1B\}\[31m\.pdf/ && $said !~ /\e/, 'on a terminal they do no harm', $said);

# ---- the fingerprint ----

# By hand, as ari(1) says.
sub fingerprint {
  my ($agency, $files, $documents) = @_;
  my $json = JSON::PP->new->allow_nonref;
  my %lines = map { ('document ' . encode_utf8($json->encode($_->[0]) . ' ' . $json->encode($_->[1])) . ' ' . $_->[2] . "\n" => 1) } @$documents;
  return sha256_hex(join('', "ari-submission/1\nset \"papers\" \"2026-01\" ", sha256_hex(slurp("$tmp/set/criteria.yaml")), "\nperiod 2026\nagency \"$agency\"\n",
    (map { "evidence $_\n" } sort map { sha256_hex(slurp("$tmp/$_")) } @$files), sort keys %lines));
}
my @documents = (['1/KH', 'docs/kh1.pdf', sha256_hex('plan 1')], ['2/KH', '', '-'], ['', 'docs/copy.pdf', sha256_hex('plan 1')], ['', 'docs/báo cáo.pdf', sha256_hex('report')],
  map { ['', $_, '-'] } 'docs/lost.pdf', '../set/criteria.yaml', 'docs\kh1.pdf', 'docs/link.pdf', 'docs/up/agencies.csv', 'docs/below');
my $print = fingerprint('x', ['in/x.yaml'], \@documents);
is($sheet->{fingerprint}, $print, 'the fingerprint is what the manual says');
put("$tmp/in/central.csv", "agency,central.rate\nx,80%\ny,70%\n");
is(sheet('set', 'in/x.yaml', 'in/central.csv', '--agency', 'x', '--period', '2026')->{fingerprint}, $print, 'what others supply is no part of it');
put("$tmp/in/x2.yaml", "ari: evidence/1\nset: papers\nagency: x\nperiod: 2026\nevidence:\n  tasks: {note: more}\n");
is(sheet('set', 'in/x.yaml', 'in/x2.yaml')->{fingerprint}, fingerprint('x', ['in/x.yaml', 'in/x2.yaml'], \@documents), 'all files of the agency are');
put("$tmp/in/docs/lost.pdf", 'found');
$documents[4][2] = sha256_hex('found');
my $found = fingerprint('x', ['in/x.yaml'], \@documents);
is(sheet('set', 'in/x.yaml')->{fingerprint}, $found, 'a document that comes changes it');

# ---- the same in a form ----

($status, $said, $e) = ari('form', 'set', '--agency', 'x', '--period', '2026', '--from', 'in/x.yaml', '-o', 'in/x.xlsx');
is($status, 0, 'a form with the documents in it');
$sheet = sheet('set', 'in/x.xlsx');
say_wide(listed($sheet), $named =~ s/lost\.pdf=absent/lost.pdf=there/r . ' -:docs/spare.pdf=unnamed', 'they are found from a form as well');
is($sheet->{fingerprint}, fingerprint('x', ['in/x.xlsx'], \@documents), 'whose fingerprint is made of its own bytes');
unlink "$tmp/in/x.xlsx";

# ---- handing in shows the same, and so does the record ----

($status, $said, $e) = ari('round', 'open', 'r.db', 'set', '--period', '2026');
is($status, 0, 'a round');
($status, $said, $e) = ari('submit', 'r.db', 'in/x.yaml', 'in/none.yaml', '--lang', 'en');
ok($said =~ /^  fingerprint of x: $found\n  fingerprint of y: [0-9a-f]{64}$/m, 'submit shows it for each agency', $said, $e);
rename "$tmp/in/docs", "$tmp/in/away";
is(sheet('r.db', '--agency', 'x')->{fingerprint}, $found, 'so does the record, when the folder is no longer there');
say_wide(listed(sheet('r.db', '--agency', 'x')), $named =~ s/lost\.pdf=absent/lost.pdf=there/r =~ s/=(?:outside|link|unreadable)/=absent/gr, 'which knows the documents as they were');
put("$tmp/in/x3.yaml", "ari: evidence/1\nset: papers\nagency: x\nperiod: 2026\nevidence:\n  tasks: {done: 4, all: 4, documents: [{number: 9}]}\n");
($status, $said) = ari('submit', 'r.db', 'in/x3.yaml', '--lang', 'en');
my $third = fingerprint('x', ['in/x3.yaml'], [['9', '', '-']]);
ok($said =~ /fingerprint of x: $third\n/ && $said !~ /fingerprint of y/, 'of what is handed in now', $said);
is(sheet('r.db', '--agency', 'x')->{fingerprint}, $third, 'and the record shows the last');
put("$tmp/many.csv", join('', "agency,plan.done\n", map { "x$_,yes\n" } 1 .. 21));
put("$tmp/set2.csv", join('', "id,name,group\n", map { "x$_,Agency $_,g\n" } 1 .. 21));
mkdir "$tmp/set2";
put("$tmp/set2/criteria.yaml", slurp("$tmp/set/criteria.yaml"));
rename "$tmp/set2.csv", "$tmp/set2/agencies.csv";
ari('round', 'open', 'm.db', 'set2', '--period', '2026');
($status, $said, $e) = ari('submit', 'm.db', 'many.csv', '--lang', 'vi');
ok((() = decode_utf8($said) =~ /^  mã kiểm tra hồ sơ của x\d+: [0-9a-f]{64}$/mg) == 20, 'of many agencies the first twenty', $said);
ok(decode_utf8($said) =~ /… và 1 cơ quan nữa; xem từng cơ quan bằng: ari assess ari\.db --agency MÃ\n/, 'and how to see the others', $said);
done();
