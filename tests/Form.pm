# Workbooks for tests: any .xlsx from plain data, and the form of tests/data/form as a user might hand it in. Nothing here knows of the program.
package Form;
use strict;
use warnings;
use utf8;
use Compress::Raw::Zlib ();
use Cwd qw(abs_path);
use Digest::SHA qw(sha256_hex);
use File::Basename qw(dirname);
use Encode qw(encode);
use Exporter qw(import);
our @EXPORT = qw(zip workbook form set_cell row_of cells_of);

our $set = abs_path(dirname(__FILE__)) . '/data/form';

# ---- zip ----

# Parts as [name, bytes, options]; deflated unless {stored => 1}. Times and order are fixed.
sub zip {
  my ($body, $directory, $n) = ('', '', 0);
  for my $part (@_) {
    my ($name, $bytes, $o) = @$part;
    my $crc = Compress::Raw::Zlib::crc32($bytes);
    my $packed = $bytes;
    unless ($o->{stored}) {
      my ($z) = Compress::Raw::Zlib::Deflate->new(-WindowBits => -15, -AppendOutput => 1, -Level => 9);
      my $out = '';
      $z->deflate($bytes, $out);
      $z->flush($out);
      $packed = $out;
    }
    my @head = (20, $o->{flags} // 0x800, $o->{stored} ? 0 : 8, 0, 0x5a21, $crc, length $packed, $o->{size} // length $bytes, length $name, 0);
    $directory .= pack('V v6 V3 v5 V2', 0x02014b50, 3 << 8 | 20, @head[0 .. 9], 0, 0, 0, $o->{attributes} // 0100644 << 16, length $body) . $name;
    $body .= pack('V v5 V3 v2', 0x04034b50, @head) . $name . $packed;
    $n++;
  }
  return $body . $directory . pack('Vv4V2v', 0x06054b50, 0, 0, $n, $n, length $directory, length $body, 0);
}

# ---- workbooks ----

sub column_name { my ($n) = @_; my $name = ''; while ($n > 0) { $name = chr(65 + ($n - 1) % 26) . $name; $n = int(($n - 1) / 26) } return $name }
sub escape { my ($t) = @_; $t =~ s/&/&amp;/g; $t =~ s/</&lt;/g; $t =~ s/>/&gt;/g; $t =~ s/"/&quot;/g; return $t }

my %style = (plain => 0, date => 1, percent => 2, text => 3);

# A cell: a text; or {n => digits, format => 'date'}, {f => formula, n => value}, {b => 1}, {e => '#DIV/0!'}, {inline => text}, {raw => XML}.
sub cell_xml {
  my ($name, $c, $shared) = @_;
  $c = {t => $c} unless ref $c;
  my $s = $style{$c->{format} // 'plain'};
  return qq{<c r="$name" s="$s" t="inlineStr"><is><t xml:space="preserve">} . escape($c->{inline}) . '</t></is></c>' if exists $c->{inline};
  return qq{<c r="$name" s="$s" t="b"><v>$c->{b}</v></c>} if exists $c->{b};
  return qq{<c r="$name" s="$s" t="e"><v>$c->{e}</v></c>} if exists $c->{e};
  return $c->{raw} =~ s/NAME/$name/gr if exists $c->{raw};
  return qq{<c r="$name" s="$s"><f>} . escape($c->{f}) . "</f><v>$c->{n}</v></c>" if exists $c->{f};
  return qq{<c r="$name" s="$s"><v>$c->{n}</v></c>} if exists $c->{n};
  my $i = $shared->{index}{$c->{t}} //= push(@{$shared->{texts}}, $c->{t}) - 1;
  return qq{<c r="$name" s="$s" t="s"><v>$i</v></c>};
}

sub sheet_xml {
  my ($rows, $shared, $merged) = @_;
  my $xml = '';
  for my $r (0 .. $#$rows) {
    my $cells = '';
    for my $k (0 .. $#{$rows->[$r] // []}) {
      my $c = $rows->[$r][$k];
      $cells .= cell_xml(column_name($k + 1) . ($r + 1), $c, $shared) if defined $c && (ref $c || length $c);
    }
    $xml .= '<row r="' . ($r + 1) . qq{">$cells</row>} if length $cells;
  }
  return qq{<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>$xml</sheetData>} . ($merged ? '<mergeCells>' . join('', map { qq{<mergeCell ref="$_"/>} } @$merged) . '</mergeCells>' : '') . '</worksheet>';
}

# The bytes of a workbook of sheets {name, rows}; options: {since_1904 => 1}, {parts => {name => bytes}} to put others in their place (undef: left out).
sub workbook {
  my ($sheets, %o) = @_;
  my $shared = {texts => [], index => {}};
  my $ns = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
  my $rel = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  my $package = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"';
  my ($list, $rels, $types, @parts) = ('', '', '');
  for my $i (1 .. @$sheets) {
    my $s = $sheets->[$i - 1];
    push @parts, ["xl/worksheets/sheet$i.xml", sheet_xml($s->{rows}, $shared, $s->{merged})];
    $list .= '<sheet name="' . escape($s->{name}) . qq{" sheetId="$i"} . ($s->{hidden} ? ' state="veryHidden"' : '') . qq{ r:id="rId$i"/>};
    $rels .= qq{<Relationship Id="rId$i" Type="$rel/worksheet" Target="worksheets/sheet$i.xml"/>};
    $types .= qq{<Override PartName="/xl/worksheets/sheet$i.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>};
  }
  my $main = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  $types .= qq{<Override PartName="/xl/workbook.xml" ContentType="$main.sheet.main+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="$main.sharedStrings+xml"/><Override PartName="/xl/styles.xml" ContentType="$main.styles+xml"/>};
  $rels .= qq{<Relationship Id="rS" Type="$rel/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rT" Type="$rel/styles" Target="styles.xml"/>};
  my $strings = join '', map { '<si><t xml:space="preserve">' . escape($_) . '</t></si>' } @{$shared->{texts}};
  my $since = $o{since_1904} ? '<workbookPr date1904="1"/>' : '<workbookPr/>';
  my $styles = qq{<styleSheet $ns><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>}
    . qq{<cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="10" applyNumberFormat="1"/><xf numFmtId="49" applyNumberFormat="1"/></cellXfs></styleSheet>};
  unshift @parts, ['[Content_Types].xml', qq{<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>$types</Types>}],
    ['_rels/.rels', qq{<Relationships $package><Relationship Id="rId1" Type="$rel/officeDocument" Target="xl/workbook.xml"/></Relationships>}],
    ['xl/workbook.xml', qq{<workbook $ns xmlns:r="$rel">$since<sheets>$list</sheets></workbook>}],
    ['xl/_rels/workbook.xml.rels', qq{<Relationships $package>$rels</Relationships>}],
    ['xl/styles.xml', $styles];
  push @parts, ['xl/sharedStrings.xml', qq{<sst $ns>$strings</sst>}];
  my %others = %{$o{parts} // {}};
  @parts = map { exists $others{$_->[0]} ? [$_->[0], delete $others{$_->[0]}] : $_ } @parts;
  push @parts, map { [$_, $others{$_}] } sort keys %others;
  return zip(map { [$_->[0], utf8::is_utf8($_->[1]) ? encode('UTF-8', $_->[1]) : $_->[1], $o{zip}] } grep { defined $_->[1] } @parts);
}

# ---- the form ----

my @columns = qw(id title rule max points claimed value unit previous not_applicable note help);
my @inputs = qw(total.population 1.1.on_time 1.1.received 1.2.done 1.3.timing 1.4.rate 1.5.day 1.6.spent 1.6.factor 1.7.marks 1.8.answers:good 1.8.answers:fair 1.8.answers:poor 1.10.name 1.10.also 2.errors);
our @leaves = qw(1.1 1.2 1.3 1.4 1.5 1.6 1.7 1.8 1.10 2);

# Sheets of the form for so-a and 2026, filled in as {"1.1.on_time" => cell, "1.1 claimed" => cell, documents => [[…]], lists => {key => [cells]}}.
sub form {
  my ($filled, %about) = @_;
  open(my $f, '<:raw', "$set/criteria.yaml") or die;
  my %known = (form => 1, set => 'form-test', version => 3, fingerprint => sha256_hex(do { local $/; <$f> }), agency => 'so-a', period => 2026, lang => 'vi', %about);
  my @rows = (['ari:answers', @columns], ['ari:head', 'Mã', 'Tên', 'Cách chấm', 'Tối đa', 'Điểm', 'Tự chấm', 'Số liệu', 'Đơn vị', 'Năm trước', 'Không áp dụng', 'Ghi chú', 'Gợi ý']);
  my $row = sub { my ($key, %at) = @_; push @rows, [$key, map { $at{$_} } @columns] };
  $row->('total', id => 'total', title => 'Bộ thử biểu mẫu', points => {f => 'SUM(F4:F20)', n => 0});
  $row->('total.population', title => 'Dân số', value => $filled->{'total.population'});
  $row->('1', id => '1', title => 'Tự chấm');
  for my $leaf (@leaves) {
    $row->($leaf, id => $leaf, title => "Tiêu chí $leaf", max => {n => 5}, points => {f => 'H7*1', n => 3}, map { $_ => $filled->{"$leaf $_"} } qw(claimed not_applicable note));
    $row->($_, title => $_, value => $filled->{$_}, unit => 'việc') for grep { /^\Q$leaf\E\.[a-z]/ } @inputs;
  }
  my %lists = %{$filled->{lists} // {}};
  my @keys = ('1.7.marks', grep { $_ ne '1.7.marks' } sort keys %lists);
  my @list_rows = (['ari:lists', @keys], ['ari:head', 'Điểm các đơn vị']);
  for my $k (0 .. $#keys) { $list_rows[2 + $_][1 + $k] = $lists{$keys[$k]}[$_] for 0 .. $#{$lists{$keys[$k]} // []} }
  my @documents = map { [undef, @$_] } @{$filled->{documents} // []};
  return [
    {name => 'Tự chấm', rows => \@rows},
    {name => 'Danh sách', rows => \@list_rows},
    {name => 'Tài liệu', rows => [['ari:documents', qw(criterion number date title file)], ['ari:head', 'Tiêu chí', 'Số', 'Ngày', 'Trích yếu', 'Tệp'], @documents]},
    {name => 'ari', hidden => 1, rows => [['ari:form'], map { [$_, $known{$_}] } grep { defined $known{$_} } qw(form set version fingerprint agency period lang)]},
  ];
}

# The number (from 0) of the row of a key on the first sheet.
sub row_of { my ($form, $key) = @_; my $rows = $form->[0]{rows}; for my $i (0 .. $#$rows) { return $i if ($rows->[$i][0] // '') eq $key } die "no row $key" }
sub set_cell { my ($form, $key, $column, $cell) = @_; my ($k) = grep { $columns[$_] eq $column } 0 .. $#columns; $form->[0]{rows}[row_of($form, $key)][$k + 1] = $cell }

1;
