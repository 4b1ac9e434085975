#!/usr/bin/perl
# Filled-in forms as evidence: what was typed is what is read, whoever saved the workbook and wherever its sheets, rows and columns were moved; hostile files are refused at once.
# All figures are invented. tests/golden has the messages.
use strict;
use warnings;
use utf8;
use FindBin qw($Bin);
use lib $Bin;
use Harness qw($ari $tmp ok is done put slurp start finish);
use Form qw(workbook form row_of set_cell zip);
use Encode qw(encode decode);
use File::Copy qw(copy);
use IO::Compress::Gzip qw(gzip);
use IO::Uncompress::Unzip;
use Unicode::Normalize qw(NFD);

my $set = "$Bin/data/form";
sub ari { return finish(start($tmp, {}, $ari, @_)) }
sub save { my ($name, $bytes) = @_; open(my $f, '>:raw', "$tmp/$name") or die; print $f $bytes; close $f or die; return "$tmp/$name" }
sub points { my (@files) = @_; my ($status, $out, $err) = ari('score', $set, @files, '--format', 'csv', '--lang', 'en'); return "$status\n$out" . $err }
sub codes { my ($status, $out, $err) = ari('check', $set, @_, '--lang', 'en'); return join ' ', $status, $err =~ /\[([EFW]\d{4})\]/g }

# What the agency typed, and the same as a table: 7.46 % in a cell of percent is 0.0746, day 46371 is 2026-12-15 (counted from 1899-12-30).
sub typed {
  return {
    'total.population' => {n => 1000}, '1.1.on_time' => {n => 45}, '1.1.received' => {n => 50}, '1.2.done' => 'có', '1.3.timing' => 'Đúng hạn',
    '1.4.rate' => {n => '7.4600000000000003E-2', format => 'percent'}, '1.5.day' => {n => 46371, format => 'date'}, '1.6.spent' => {n => '400.25'},
    '1.6.factor' => {n => '0.10000000000000001'}, lists => {'1.7.marks' => [{n => 80}, undef, {n => 90.5}]}, '1.8.answers:good' => {n => 3},
    '1.8.answers:fair' => {n => 1}, '1.8.answers:poor' => {n => 0}, '1.10.name' => 'Kế hoạch "12" & <b>', '1.10.also' => 'không', '1.1 claimed' => {n => '4.5'},
    '1.1 note' => "số liệu từ Cổng\ndòng hai",
    documents => [['1.1', '12/KH', {n => 46053, format => 'date'}, 'Kế hoạch', 'a.pdf'], ['1.2', '13/QĐ'], ['1.1', undef, undef, 'Báo cáo']], @_};
}
put("$tmp/table.csv", encode('UTF-8', join "\n",
  'agency,period,total.population,1.1.on_time,1.1.received,1.1.claimed,1.1.note,1.2.done,1.3.timing,1.4.rate,1.5.day,1.6.spent,1.6.factor,1.7.marks,1.8.answers:good,1.8.answers:fair,1.8.answers:poor,1.10.name,1.10.also',
  'so-a,2026,1000,45,50,4.5,"số liệu từ Cổng",yes,on_time,7.46%,2026-12-15,400.25,0.1,80;90.5,3,1,0,"Kế hoạch ""12"" & <b>",no', ''));
my $want = points("$tmp/table.csv");
ok($want =~ /^0\n/ && $want =~ /^so-a,1\.4,\d,scored,5,0\.37,$/m && $want =~ /^so-a,1\.7,\d,scored,5,4\.26,$/m, 'a table: 5 * 0.0746 = 0.373, 5 * (80 + 90.5) / 200 = 4.2625', $want);

# ---- the same from every form ----

sub same { my ($name, $sheets, @o) = @_; my $got = points(save('form.xlsx', workbook($sheets, @o))); is($got, $want, $name) }
same('a form', form(typed()));
is(points("$set/libreoffice.xlsx"), $want, 'saved by LibreOffice');
is(points("$set/gnumeric.xlsx"), $want, 'saved by Gnumeric');
my $form = form(typed());
$_->{name} = "Trang của tôi $_->{name}" for @$form;
same('sheets have other names', $form);
same('sheets in another order, and one of the user\'s own', [reverse(@{form(typed())}), {name => 'Của tôi', rows => [['ghi chú', {n => 5}]]}]);
$form = form(typed());
splice @$_, 7, 0, 'của tôi' for @{$form->[0]{rows}};
$form->[0]{rows}[0][7] = undef;
same('a column of the user\'s own before the values', $form);
$form = form(typed());
for my $sheet (@$form) { unshift @$_, undef for @{$sheet->{rows}} }
same('a column before the first', $form);
$form = form(typed());
for my $row (@{$form->[0]{rows}}) { @$row[6, 7] = @$row[7, 6] }
same('two columns have changed places', $form);
$form = form(typed());
splice @{$_->{rows}}, 2, 0, [], [undef, undef, 'chữ của tôi'] for @$form[0, 3];
unshift @{$form->[0]{rows}}, ['tên đơn vị'];
same('rows of the user\'s own', $form);
$form = form(typed());
@{$form->[0]{rows}} = (@{$form->[0]{rows}}[0, 1], reverse @{$form->[0]{rows}}[2 .. $#{$form->[0]{rows}}]);
same('sorted the other way round', $form);
$form = form(typed('1.5.day' => {n => 46371 - 1462, format => 'date'}, documents => []));
same('days counted from 1904', $form, since_1904 => 1);
$form = form(typed());
for my $sheet (@$form) { for my $row (@{$sheet->{rows}}) { $_ = ref $_ || !defined $_ ? $_ : {inline => $_} for @$row } }
same('texts inside the cells', $form);
$form = form(typed('1.3.timing' => NFD('Đúng hạn'), '1.2.done' => NFD('có'), '1.10.also' => NFD('không')));
same('letters taken apart (NFD)', $form);
same('capitals where small letters are meant, and what is pasted along and cannot be seen', form(typed('1.2.done' => "CÓ\n", '1.3.timing' => "\x{a0}ĐÚNG hạn \x{200b}", '1.1.on_time' => "45\x{a0}\n")));
same('words in the other language, and an id', form(typed('1.2.done' => 'Yes', '1.3.timing' => 'on_time', '1.10.also' => {b => 0})));
my $plain = workbook(form(typed()));
{
  # Some programs put a prefix before every name.
  my $inline = Form::sheet_xml([map { [map { defined $_ ? {inline => $_} : undef } @$_] } @{form(typed())->[3]{rows}}], {});
  $inline =~ s{<(/?)(?=\w)(?!\?)}{<$1x:}g;
  $inline =~ s/xmlns=/xmlns:x=/;
  same('names with a prefix', form(typed()), parts => {'xl/worksheets/sheet4.xml' => $inline});
}

# ---- one mistake, one message ----
# Of a set in which every figure must be there, a form in which all are: what is deleted takes its figures with it, and that is told once.

mkdir "$tmp/strict";
put("$tmp/strict/criteria.yaml", slurp("$set/criteria.yaml") =~ s/^missing: zero/missing: error/mr =~ s/(id: "1\.2"\n.*\n *max: 5\n)/$1        documents: 1\n/r);
copy("$set/agencies.csv", "$tmp/strict/agencies.csv");
my $told;
sub strict {
  my ($spoil) = @_;
  local $Form::set = "$tmp/strict";
  my $sheets = form(typed());
  $spoil->($sheets);
  (my $status, undef, $told) = ari('check', "$tmp/strict", save('strict.xlsx', workbook($sheets)), '--lang', 'en');
  $told = decode('UTF-8', $told);
  return join ' ', $status, $told =~ /\[([EFW]\d{4})\]/g;
}
is(strict(sub { }), '0', 'nothing is missing');
for my $sheet (0, 3) {
  for my $word ($sheet ? qw(criterion number date title file) : qw(claimed value not_applicable note)) {
    is(strict(sub { my ($words) = $_[0][$sheet ? 2 : 0]{rows}[0]; ($_ // '') eq $word and undef $_ for @$words }), '1 E0925', "the word of the column $word is deleted");
  }
}
is(strict(sub { splice @{$_[0]}, $_, 1 }), '1 E0926', "sheet $_ is deleted") for 0 .. 2;
is(strict(sub { $_[0][0]{rows}[row_of($_[0], '1.1.on_time')][0] = '1.1.x' }), '1 E0914', 'the key of a row is changed');
is(strict(sub { splice @{$_[0][0]{rows}}, row_of($_[0], '1.1.on_time'), 1 }), '1 E0924', 'a row is deleted');
is(strict(sub { set_cell($_[0], '1.1.on_time', 'value', undef) }), '1 E0506', 'a cell is empty');
ok($told =~ /cell H7$/m && $told =~ /"on_time"/, '... which is named', $told);
is(strict(sub { $_[0][2]{rows} = [@{$_[0][2]{rows}}[0, 1]] }), '1 E0518', 'no document is named');
ok($told =~ /strict\.xlsx: sheet "Tài liệu"$/m, '... on the sheet of documents', $told);
is(strict(sub { my $cell = $_[0][0]{rows}[row_of($_[0], '1.1.on_time')]; @$cell[7, 8] = (undef, $cell->[7]) }), '1 E0506 W0948', 'a figure has slipped into the cell beside its own');
ok($told =~ /cell H7\n.*cell I7\n.*into cell H7;/s, '... and both are named', $told);

# ---- the criterion of a document ----

sub of { my ($cell) = @_; return codes(save('of.xlsx', workbook(form(typed(documents => [[$cell, '12/KH']]))))) }
is(of($_), '0', "a document of \"" . encode('UTF-8', $_ =~ s/\n/\\n/r) . '"')
  for '1.2', '1.2 Ban hành kế hoạch', '1.2 Ban hành', NFD('1.2 Ban hành kế hoạch'), '1.2. ban hành kế hoạch', "1.2\nBan hành kế hoạch", '1.2 A plan is issued', 'Ban hành kế hoạch';
is(of($_), '1 E0477', "... of \"" . encode('UTF-8', $_ =~ s/\n/\\n/r) . '" is of two, or nobody can tell')
  for '1.2 1.3', '1.2 và 1.3', '1.2, 1.3', '1.2; 1.3', '1.2,1.3', "1.2\n1.3", "1.2\x{a0}1.3", '1.2 Tiến độ', '1.2 Ban hành kế hoạch, 1.3';
is(of('1.2x Ban hành'), '1 E0423', '... of an id with a slip');
is(of('Kế hoạch năm'), '1 E0422', '... of words that are no title');
is(of($_), '1 E0479', '... of a number') for {n => '1.1'}, {n => 46023, format => 'date'};

# ---- merged cells ----

is(strict(sub { set_cell($_[0], '1.1.received', 'value', undef); $_[0][0]{merged} = ['H7:H8'] }), '1 E0478', 'two cells of figures are merged');
ok($told =~ /cell H8$/m && $told =~ /H7:H8/, '... which ones is told', $told);
is(strict(sub { $_[0][0]{merged} = ['G6:G7', 'A1:M1', 'D6:F6'] }), '0', 'one is, with what is none');
is(strict(sub { $_[0][0]{merged} = ['F6:G6'] }), '1 E0478', '... but not behind what is none');

# ---- numbers as they are read ----

sub factor { my ($n) = @_; my (undef, $out) = ari('explain', $set, save('n.xlsx', workbook(form(typed('1.6.factor' => {n => $n})))), '--agency', 'so-a', '--criterion', '1.6', '--lang', 'en'); return $out =~ /^\s*factor = (\S+)/m ? $1 : $out }
is(factor('0.30000000000000004'), '0.3', 'fifteen digits: 0.1 + 0.2');
is(factor('1.0000000000000002'), '1', '... nothing is left behind the point');
is(factor('0.99999999999999956'), '1', '... nines carry over');
is(factor('9.9999999999999995E-7'), '0.000001', '... with an exponent');
is(factor('1.5E+3'), '1,500', '... and another');
is(factor('123456.78900000001'), '123,456.789', '... with digits before the point');
is(factor('0'), '0', 'zero');
is(codes(save('n.xlsx', workbook(form(typed('1.6.factor' => {n => '1E+200'}))))), '1 E0151', 'too large for any input');
is(codes(save('n.xlsx', workbook(form(typed('1.1.on_time' => {n => '45.5'}))))), '1 E0945', 'half a file is no count');
is(codes(save('n.xlsx', workbook(form(typed('1.7.marks' => undef, lists => {'1.7.marks' => [{n => 101}, '[]']}))))), '1 E0481 E0910', 'each value of a list is looked at');
ok((ari('explain', $set, save('n.xlsx', workbook(form(typed(lists => {'1.7.marks' => ['[]']})))), '--agency', 'so-a', '--criterion', '1.7', '--lang', 'en'))[1] =~ /marks/, 'a list of nothing');
is(codes(save('n.xlsx', workbook(form(typed('1.6.spent' => '400'))))), '0', 'text of digits alone is a number');
for my $long ('0' x 46 . '.000', '0' x 60 . '.5', '0' x 44 . '.000', '1' x 44 . '.5%') { is(codes(save('n.xlsx', workbook(form(typed('1.6.spent' => $long))))), '1 ' . (length $long < 48 && $long !~ /%/ ? 'E0943' : 'E0910'), 'a text of ' . length($long) . ' digits is told') }
is(codes(save('n.xlsx', workbook(form(typed('1.5.day' => '2026-12-15'))))), '0', 'a day as it is written everywhere');
is(codes(save('n.xlsx', workbook(form(typed('1.4.rate' => {n => 0}))))), '0', 'zero is zero in any format');

is(codes(save('n.xlsx', workbook(form(typed('1.6.spent' => {n => '1.005'}))))), '1 E0944', 'nothing is in groups in a number: 1.005 is no 1005');
is(codes(save('n.xlsx', workbook(form(typed('1.6.spent' => {n => '1.05'}))))), '0', '... and two decimals are an amount');
is(codes(save('n.xlsx', workbook(form(typed('1.1.received' => {n => '1E+3'}))))), '0', 'a thousand with an exponent is whole');

# A formula that fills several cells stands in the first only.
$form = form(typed('1.1.on_time' => {raw => '<c r="NAME"><f t="array" ref="H7:H8">A1:A2</f><v>1</v></c>'}));
is(codes(save('n.xlsx', workbook($form))), '1 E0912 E0912', 'both cells of a formula of two are formulas');

# ---- what is read besides ----

my ($status, $out, $err) = ari('explain', $set, save('form.xlsx', $plain), '--agency', 'so-a', '--criterion', '1.1', '--lang', 'vi');
$out = decode('UTF-8', $out);
ok($out =~ /on_time = 45\s+\S*form\.xlsx: trang "Tự chấm", ô H7$/m && $out =~ /Tự chấm: 4,5\s+\S*form\.xlsx: trang "Tự chấm", ô G6$/m, 'explain names sheet and cell', $out);
ok($out =~ m{12/KH, 31/01/2026, Kế hoạch} && $out =~ /Báo cáo/ && $out =~ /Ghi chú: số liệu từ Cổng/, 'documents and note', $out);
($status, $out, $err) = ari('explain', $set, save('gap.xlsx', workbook(form(typed('1.1.received' => undef)))), '--agency', 'so-a', '--criterion', '1.1', '--lang', 'vi');
ok(decode('UTF-8', $out) =~ /received = chưa có\s+\S*gap\.xlsx: trang "Tự chấm", ô H8$/m, '... also of what is not there', $out);
($status, $out, $err) = ari('check', $set, save('bad.xlsx', workbook(form(typed('1.1.on_time' => '45,5')))), '--diag', 'json', '--lang', 'vi');
$err = decode('UTF-8', $err);
ok($err =~ /"code":"E0945","severity":"error","file":"[^"]*bad\.xlsx","sheet":"Tự chấm","cell":"H7","message":/, 'the same for programs', $err);

# ---- folders ----

mkdir "$tmp/all";
save('all/so-a.xlsx', $plain);
save('all/so-b.xlsx', workbook(form({}, agency => 'so-b')));
save('all/bang.xlsx', workbook([{name => 'Bảng', rows => [['a', {n => 1}]]}]));
save('all/~$so-a.xlsx', 'lock');
($status, $out, $err) = ari('check', $set, "$tmp/all", '--lang', 'en');
is(join(' ', $status, $err =~ /\[([EFW]\d{4})\]/g), '0 W0408 W0947', 'of a folder forms are read, other workbooks are not; nothing is said of what a program that has one open leaves there');
ok($err =~ /bang\.xlsx/, '... and which it is', $err);

# ---- a round ----

($status) = ari('round', 'open', 'r.db', $set, '--period', '2026');
is($status, 0, 'a round');
save('so-a.xlsx', $plain);
($status, $out, $err) = ari('submit', 'r.db', 'so-a.xlsx', '--lang', 'en');
is($status, 0, 'takes a form', $err);
unlink "$tmp/so-a.xlsx";
($status, $out) = ari('score', 'r.db', '--format', 'csv', '--lang', 'en');
is(join("\n", grep { /^so-a,1/ } split /\n/, $out), join("\n", grep { /^so-a,1/ } split /\n/, $want), 'the same points from the database');
($status, $out) = ari('explain', 'r.db', '--agency', 'so-a', '--criterion', '1.4', '--lang', 'en');
ok(decode('UTF-8', $out) =~ /so-a\.xlsx: sheet "Tự chấm", cell H14/, '... with the cell', $out);
($status, $out, $err) = ari('verify', 'r.db', '--lang', 'en');
is($status, 0, 'the database holds together', $out . $err);
($status, $out, $err) = ari('submit', 'r.db', 'bad.xlsx', '--lang', 'en');
is($status, 1, 'a form with an error is not taken');

# ---- hostile files: refused at once, each with its own message ----

sub refused { my ($name, $want, $bytes) = @_; is(codes(save('hostile.xlsx', $bytes)), $want, $name) }
my $entities = '<!DOCTYPE sst [<!ENTITY a "aaaaaaaaaa">' . join('', map { my $p = chr(97 + $_ - 1); '<!ENTITY ' . chr(97 + $_) . ' "' . "&$p;" x 10 . '">' } 1 .. 9) . ']><sst><si><t>&j;</t></si></sst>';
refused('a billion entities', '1 E0902', workbook(form(typed()), parts => {'xl/sharedStrings.xml' => $entities}));
refused('a part of 40 MB', '1 E0956', zip(['[Content_Types].xml', 'x'], ['_rels/.rels', 'y'], ['xl/a', join('', map { chr(32 + $_ * 7 % 90) x 40 } 0 .. 1_000_000)]));
refused('a zip bomb', '1 E0957', zip(['_rels/.rels', "\0" x 30_000_000]));
refused('a sheet of 31 MB of nothing', '1 E0907', workbook([{name => 'A', rows => []}], parts => {'xl/worksheets/sheet1.xml' => '<worksheet><sheetData>' . join('', map { '<row r="' . $_ . '"><c r="A' . $_ . '" s="' . $_ * 7919 % 1000 . '"/></row>' } 1 .. 700_000) . '</sheetData></worksheet>'}));
refused('more cells than a form has', '1 E0907', workbook([{name => 'A', rows => []}], parts => {'xl/worksheets/sheet1.xml' => '<worksheet><sheetData>' . join('', map { "<row r=\"$_\"><c><v>$_</v></c></row>" } 1 .. 300_000) . '</sheetData></worksheet>'}));
refused('one long text in every cell', '1 E0907', workbook([{name => 'A', rows => []}], parts => {
  'xl/sharedStrings.xml' => '<sst><si><t>' . 'x' x 30_000 . '</t></si></sst>',
  'xl/worksheets/sheet1.xml' => '<worksheet><sheetData>' . join('', map { "<row r=\"$_\"><c t=\"s\"><v>0</v></c></row>" } 1 .. 100_000) . '</sheetData></worksheet>'}));
refused('names without end', '1 E0907', workbook([{name => 'A', rows => []}], parts => {'xl/worksheets/sheet1.xml' => '<w>' . join('', map { "<a$_/>" } 1 .. 300_000) . '</w>'}));
refused('attributes without end', '1 E0907', workbook([{name => 'A', rows => []}], parts => {'xl/worksheets/sheet1.xml' => '<w>' . join('', map { my $k = $_; '<c ' . join(' ', map { "a$_.$k='>'" } 1 .. 900) . '/>' } 1 .. 300) . '</w>'}));
refused('a tag without end', '1 E0908', workbook([{name => 'A', rows => []}], parts => {'xl/worksheets/sheet1.xml' => '<w ' . join(' ', map { "a$_='>'" } 1 .. 500_000) . '/>'}));
refused('the same sheet again and again', '1 E0901', workbook([map { {name => "A$_", rows => []} } 1 .. 200], parts => {
  'xl/_rels/workbook.xml.rels' => '<r>' . join('', map { "<Relationship Id='rId$_' Type='/worksheet' Target='worksheets/sheet1.xml'/>" } 1 .. 200) . '</r>',
  'xl/worksheets/sheet1.xml' => '<worksheet><sheetData>' . '<row/>' x 200_000 . '</sheetData></worksheet>'}));
refused('elements without end', '1 E0908', workbook(form(typed()), parts => {'xl/styles.xml' => '<a>' x 100_000}));
refused('a path that leads out', '1 E0952', zip(['../../etc/passwd', 'x']));
refused('a sheet outside of the file', '1 E0901', workbook(form(typed()), parts => {'xl/_rels/workbook.xml.rels' => '<r><Relationship Id="rId1" Type="/worksheet" Target="../../../../etc/passwd"/></r>'}));
refused('the same name twice', '1 E0954', zip(['xl/a', 'x'], ['XL/A', 'y']));
refused('cut off', '1 E0950', substr($plain, 0, length($plain) - 100));
refused('damaged inside', '1 E0958', do { my $b = $plain; substr($b, index($b, 'xl/workbook.xml') + 60, 1) ^= "\x55"; $b });
refused('cells that go back', '1 E0901', workbook([{name => 'A', rows => []}], parts => {'xl/worksheets/sheet1.xml' => '<w><row r="5"><c r="B5"><v>1</v></c></row><row r="4"><c r="A4"><v>1</v></c></row></w>'}));
refused('a text that is not there', '1 E0901', workbook([{name => 'A', rows => []}], parts => {'xl/worksheets/sheet1.xml' => '<w><row r="5"><c r="B5" t="s"><v>99999</v></c></row></w>'}));
refused('a document, not a workbook', '1 E0938', zip(['_rels/.rels', '<r><Relationship Id="a" Type="/officeDocument" Target="word/document.xml"/></r>'], ['word/document.xml', '<document/>']));
refused('nothing in it', '1 E0904', '');
refused('a control character', '1 E0105', workbook(form(typed('1.1 note' => 'a_x0007_b'))));
ok(!-e "$tmp/etc", 'nothing was written');

# ---- what people rename, so that it is taken: told by what it is, whatever its name ----

my $gnumeric = qq{<?xml version="1.0"?>\n<gnm:Workbook xmlns:gnm="http://www.gnumeric.org/v10.dtd"/>\n};
gzip(\$gnumeric, \my $gzipped) or die;
sub part { my ($part) = @_; return zip(['_rels/.rels', '<a/>'], [$part, '<a/>']) }
my %content = (
  gnumeric => $gzipped, 'gnumeric as XML' => $gnumeric, numbers => part('Index/CalculationEngine.iwa'), ods => zip(['mimetype', 'application/vnd.oasis.opendocument.spreadsheet'], ['content.xml', '<a/>']),
  odt => zip(['mimetype', 'application/vnd.oasis.opendocument.text']), docx => part('word/document.xml'), pptx => part('ppt/presentation.xml'), xlsb => part('xl/workbook.bin'),
  pdf => "%PDF-1.4\n", package => part('manifest.json'), xlsx => $plain, xls => "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" . "\0" x 600, gz => "\x1F\x8B\x08", zip => zip(['a.txt', 'a']));
# Under the names f.xlsx, f.csv, f.zip, f.ods, f.pdf. An .ods file that is one is LibreOffice's to read; what is no archive at all and ends in .pdf is not looked into.
my %told = (
  gnumeric => 'E0936 E0936 E0936 E0936 E0936', 'gnumeric as XML' => 'E0936 E0936 E0936 E0936 E0936', numbers => 'E0936 E0936 E0936 E0936 E0936', ods => 'E0936 E0936 E0936 - E0936',
  odt => 'E0938 E0938 E0938 E0938 E0407', docx => 'E0938 E0938 E0938 E0938 E0407', pptx => 'E0938 E0938 E0938 E0938 E0407', xlsb => 'E0936 E0936 E0936 E0936 E0936',
  pdf => 'E0938 E0938 E0938 E0938 E0407', package => 'E0937 E0937 - E0937 E0407', xlsx => '- E0909 E0937 E0937 E0937', xls => 'E0906 E0909 E0936 - E0407', gz => 'E0904 E0909 E0950 - E0407',
  zip => 'E0901 E0909 E0962 - E0407');
for my $kind (sort keys %content) {
  my @want = split ' ', $told{$kind};
  for my $ending (qw(xlsx csv zip ods pdf)) {
    my $want = shift @want;
    is(codes(save("f.$ending", $content{$kind})), "1 $want", "$kind named .$ending") if $want ne '-';
  }
}
is(codes(save('f.gnumeric', $gzipped)), '1 E0936', 'a workbook of Gnumeric under its own name');
is(codes(save('f.numbers', $content{numbers})), '1 E0936', '... and one of Numbers');

# ---- two forms of one agency ----

save('one.xlsx', $plain);
save('two.xlsx', workbook(form(typed('1.1.on_time' => {n => 46}))));
($status, $out, $err) = ari('check', $set, "$tmp/one.xlsx", "$tmp/two.xlsx", '--lang', 'en');
ok($status == 1 && $err =~ /^error\[E0939\]: "[^"]*two\.xlsx" and "[^"]*one\.xlsx" give the same figures of agency "so-a"/ && $out =~ /Errors: 1, warnings: 0/, 'a second form is one error, not one for each cell', $out . $err);
is(codes("$tmp/one.xlsx", save('copy.xlsx', $plain)), '1 E0939', 'so is a copy of the form');
my ($here, $there) = map { workbook(form({$_ => {n => 40}})) } '1.1.on_time', '1.1.received';
is(codes(save('here.xlsx', $here), save('there.xlsx', $there)), '0', 'two that are filled in in different places go together');
is(codes("$tmp/table.csv", "$tmp/one.xlsx") =~ tr/E//, 17, 'a table and a form are told cell by cell: 15 figures, a claim and a note');
put("$tmp/copy.csv", slurp("$tmp/table.csv"));
is(codes("$tmp/table.csv", "$tmp/copy.csv"), '1 E0939', 'a copy of a table is one error');
is(codes(save('other.xlsx', workbook(form(typed(), set => 'another-set', agency => 'nobody')))), '1 E0927', 'of a form of another set nothing else is told: neither its agency nor its criteria');

# ---- a sheet of another form ----

# The form of each agency by the program itself; the answers of one in the place of the other's.
sub parts_of {
  my ($path) = @_;
  my $z = IO::Uncompress::Unzip->new($path) or die;
  my @parts;
  do { my ($name, $bytes) = ($z->getHeaderInfo->{Name}, ''); while ($z->read(my $some, 1 << 16) > 0) { $bytes .= $some } push @parts, [$name, $bytes] } while $z->nextStream > 0;
  return @parts;
}
ari('form', $set, '--agency', $_, '--period', '2026', '-o', "$_.xlsx") for 'so-a', 'so-b';
my %of_b = map { @$_ } parts_of("$tmp/so-b.xlsx");
my @mixed = map { [$_->[0], $_->[0] =~ m{sharedStrings|worksheets/sheet1\.xml} ? $of_b{$_->[0]} : $_->[1]] } parts_of("$tmp/so-a.xlsx");
is(codes(save('mixed.xlsx', zip(map { [$_->[0], $_->[1] =~ s{<t([^>]*)>so-b</t>}{<t$1>so-a</t>}r] } @mixed))) =~ /(E\d{4})/ ? $1 : '', 'E0464', "the answers of another agency's form");
is(codes("$tmp/so-a.xlsx"), '0 W0947', 'its own are fine');

# ---- carried over into another form ----

# What cannot be read of a form is told there too: an empty form would look as if nothing had ever been filled in.
sub carry {
  my ($change, @words) = @_;
  my $form = form(typed());
  $change->($form);
  unlink "$tmp/new.xlsx";
  my ($status, undef, $err) = ari('form', $set, '--agency', 'so-a', '--period', '2026', '--from', save('old.xlsx', workbook($form)), '-o', 'new.xlsx', '--lang', 'en', @words);
  return join ' ', $status, $err =~ /\[([EFW]\d{4})\]/g, -e "$tmp/new.xlsx" ? 'made' : 'not made';
}
is(carry(sub { }), '0 made', 'a form is carried over');
is(carry(sub { splice @{$_[0]}, 3, 1 }), '1 E0926 not made', '... not without the hidden sheet');
is(carry(sub { shift @{$_[0][0]{rows}} }), '1 E0468 not made', '... nor without the hidden row of the answers');
is(carry(sub { splice @{$_[0]}, 2, 1 }), '0 W0493 made', '... without the documents, which is told');
is(carry(sub { splice @{$_[0]}, 2, 1 }, '--strict'), '1 W0493 not made', '... and not with --strict');
is(carry(sub { splice @{$_[0]}, 1, 1 }), '0 W0493 made', '... or the lists');
is(carry(sub { splice @{$_[0][0]{rows}}, row_of($_[0], '1.1.on_time'), 1 }), '0 W0491 made', '... or a row');
is(carry(sub { $_->[1] = 'so-b' for grep { ($_->[0] // '') eq 'agency' } @{$_[0][3]{rows}} }), '1 E0490 not made', '... and never into another agency\'s');
is((ari('check', $set, save('no-row.xlsx', do { my $form = form(typed()); shift @{$form->[0]{rows}}; workbook($form) }), '--lang', 'en'))[2] =~ /\[(E\d{4})\]/ ? $1 : '', 'E0468', 'check says the same');
done();
