package org.datagram4j.benchmarks.plot;

import java.awt.Color;
import java.awt.Paint;
import java.io.IOException;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import org.datagram4j.benchmarks.run.Contender;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.labels.ItemLabelAnchor;
import org.jfree.chart.labels.ItemLabelPosition;
import org.jfree.chart.labels.StandardCategoryItemLabelGenerator;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.category.DefaultCategoryDataset;

/** Contenders side by side. */
final class BarPlot {
    private static final int HEIGHT_OF_BAR = 26;
    private static final int HEIGHT_OF_REST = 110;
    private static final double ROOM_FOR_LABELS = 0.15;
    private static final int FEW = 100;

    /** One contender's bar. */
    record Bar(Contender contender, double value) {}

    private BarPlot() {}

    static void write(String title, String axis, List<Bar> bars, Path file) throws IOException {
        DefaultCategoryDataset data = new DefaultCategoryDataset();
        bars.forEach(bar -> data.addValue(bar.value, "", bar.contender.label()));
        double most = bars.stream().mapToDouble(Bar::value).max().orElse(1);
        NumberFormat numbers =
                new DecimalFormat(most < FEW ? "#,##0.0" : "#,##0", DecimalFormatSymbols.getInstance(Locale.ROOT));
        NumberAxis values = new NumberAxis(axis);
        values.setUpperMargin(ROOM_FOR_LABELS);
        values.setNumberFormatOverride(numbers);
        values.setTickLabelFont(Look.SMALL);
        values.setLabelFont(Look.SMALL);
        CategoryAxis names = new CategoryAxis();
        names.setTickLabelFont(Look.SMALL);
        names.setMaximumCategoryLabelWidthRatio(1);
        BarRenderer renderer = new Coloured(bars);
        renderer.setBarPainter(new StandardBarPainter());
        renderer.setShadowVisible(false);
        renderer.setDefaultItemLabelGenerator(new StandardCategoryItemLabelGenerator("{2}", numbers));
        renderer.setDefaultItemLabelsVisible(true);
        renderer.setDefaultItemLabelFont(Look.SMALL);
        renderer.setDefaultPositiveItemLabelPosition(
                new ItemLabelPosition(ItemLabelAnchor.OUTSIDE3, TextAnchor.CENTER_LEFT));
        CategoryPlot plot = new CategoryPlot(data, names, values, renderer);
        plot.setOrientation(PlotOrientation.HORIZONTAL);
        plot.setRangeAxisLocation(AxisLocation.BOTTOM_OR_LEFT);
        plot.setRangeGridlinePaint(Look.GRID);
        Look.write(Look.chart(title, plot, false), HEIGHT_OF_REST + HEIGHT_OF_BAR * bars.size(), file);
    }

    private static final class Coloured extends BarRenderer {
        private static final long serialVersionUID = 1;
        private final transient List<Color> colours;

        Coloured(List<Bar> bars) {
            colours = bars.stream().map(bar -> Look.group(bar.contender)).toList();
        }

        @Override
        public Paint getItemPaint(int row, int column) {
            return colours.get(column);
        }
    }
}
