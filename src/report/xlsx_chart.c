/* Bar charts in a workbook: a bar for each row, stacked from columns of the sheet, first row on top. They look at cells, so whoever opens the file sees what
 * stands there. */
#include "report.h"

#define DRAWING "http://schemas.openxmlformats.org/drawingml/2006/"

/* English metric units: 9525 are a pixel. */
enum { PIXEL = 9525, WIDTH = 900, BAR = 20, AROUND = 120, ROW_HEIGHT = 20 };

static size_t chart_height(const ari_xlsx_chart *c) { return AROUND + c->rows * BAR; }

static void put_anchor(ari_buf *b, const ari_xlsx_sheet *s, size_t number, size_t row) {
  const ari_xlsx_chart *c = &s->charts[number];
  ari_buf_printf(b, "<xdr:oneCellAnchor><xdr:from><xdr:col>%zu</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>%zu</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>"
                    "<xdr:ext cx=\"%d\" cy=\"%zu\"/>", s->columns + 1, row, WIDTH * PIXEL, chart_height(c) * PIXEL);
  ari_buf_printf(b, "<xdr:graphicFrame macro=\"\"><xdr:nvGraphicFramePr><xdr:cNvPr id=\"%zu\" name=\"Chart %zu\" descr=\"", number + 2, number + 1);
  ari_xlsx_put_text(b, c->title);
  ari_buf_printf(b, "\"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"0\" cy=\"0\"/></xdr:xfrm><a:graphic>"
                    "<a:graphicData uri=\"" DRAWING "chart\"><c:chart xmlns:c=\"" DRAWING "chart\""
                    " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" r:id=\"rId%zu\"/></a:graphicData></a:graphic></xdr:graphicFrame>"
                    "<xdr:clientData/></xdr:oneCellAnchor>", number + 1);
}

void ari_xlsx_put_drawing(ari_buf *b, const ari_xlsx_sheet *s) {
  size_t row = s->head;
  ari_buf_text(b, "<xdr:wsDr xmlns:xdr=\"" DRAWING "spreadsheetDrawing\" xmlns:a=\"" DRAWING "main\">");
  for (size_t i = 0; i < s->n_charts; i++) {
    put_anchor(b, s, i, row);
    row += chart_height(&s->charts[i]) / ROW_HEIGHT + 2;   /* rows are at least so high: charts do not meet */
  }
  ari_buf_text(b, "</xdr:wsDr>");
}

static void put_series(ari_buf *b, const ari_xlsx_sheet *s, const ari_xlsx_chart *c, size_t i) {
  size_t last = c->first_row + c->rows - 1, column = c->first_series + i;
  ari_buf_printf(b, "<c:ser><c:idx val=\"%zu\"/><c:order val=\"%zu\"/><c:tx><c:strRef><c:f>", i, i);
  ari_xlsx_put_area(b, s->name, s->head - 1, column, s->head - 1, column);
  ari_buf_printf(b, "</c:f></c:strRef></c:tx><c:spPr><a:solidFill><a:srgbClr val=\"%06X\"/></a:solidFill></c:spPr><c:invertIfNegative val=\"0\"/><c:cat><c:strRef><c:f>",
                 (unsigned)ari_chart_field_colour(i));
  ari_xlsx_put_area(b, s->name, c->first_row, c->names, last, c->names);
  ari_buf_text(b, "</c:f></c:strRef></c:cat><c:val><c:numRef><c:f>");
  ari_xlsx_put_area(b, s->name, c->first_row, column, last, column);
  ari_buf_text(b, "</c:f></c:numRef></c:val></c:ser>");
}

void ari_xlsx_put_chart(ari_buf *b, const ari_xlsx_sheet *s, const ari_xlsx_chart *c) {
  ari_buf_text(b, "<c:chartSpace xmlns:c=\"" DRAWING "chart\" xmlns:a=\"" DRAWING "main\"><c:chart><c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr sz=\"1200\" b=\"1\"/>"
                  "</a:pPr><a:r><a:rPr sz=\"1200\" b=\"1\"/><a:t>");
  ari_xlsx_put_text(b, c->title);
  ari_buf_text(b, "</a:t></a:r></a:p></c:rich></c:tx><c:overlay val=\"0\"/></c:title><c:autoTitleDeleted val=\"0\"/><c:plotArea><c:layout/>"
                  "<c:barChart><c:barDir val=\"bar\"/><c:grouping val=\"stacked\"/><c:varyColors val=\"0\"/>");
  for (size_t i = 0; i < c->series; i++) put_series(b, s, c, i);
  ari_buf_text(b, "<c:gapWidth val=\"40\"/><c:overlap val=\"100\"/><c:axId val=\"1\"/><c:axId val=\"2\"/></c:barChart>"
                  "<c:catAx><c:axId val=\"1\"/><c:scaling><c:orientation val=\"maxMin\"/></c:scaling><c:delete val=\"0\"/><c:axPos val=\"l\"/>"
                  "<c:numFmt formatCode=\"General\" sourceLinked=\"0\"/><c:majorTickMark val=\"none\"/><c:minorTickMark val=\"none\"/><c:tickLblPos val=\"low\"/>"
                  "<c:crossAx val=\"2\"/><c:crosses val=\"autoZero\"/><c:auto val=\"1\"/><c:lblAlgn val=\"ctr\"/><c:lblOffset val=\"100\"/><c:tickLblSkip val=\"1\"/>"
                  "<c:noMultiLvlLbl val=\"1\"/></c:catAx>"
                  "<c:valAx><c:axId val=\"2\"/><c:scaling><c:orientation val=\"minMax\"/></c:scaling><c:delete val=\"0\"/><c:axPos val=\"t\"/><c:majorGridlines/>"
                  "<c:numFmt formatCode=\"General\" sourceLinked=\"0\"/><c:majorTickMark val=\"none\"/><c:minorTickMark val=\"none\"/><c:tickLblPos val=\"nextTo\"/>"
                  "<c:crossAx val=\"1\"/><c:crosses val=\"autoZero\"/><c:crossBetween val=\"between\"/></c:valAx></c:plotArea>");
  if (c->series > 1) ari_buf_text(b, "<c:legend><c:legendPos val=\"t\"/><c:overlay val=\"0\"/></c:legend>");
  ari_buf_text(b, "<c:plotVisOnly val=\"1\"/><c:dispBlanksAs val=\"gap\"/></c:chart></c:chartSpace>");
}
