package dev.irsa.performance.bench;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Horizontal bars in SVG, in groups.
 *
 * @param title the title, with the unit
 * @param series what the bars of a group stand for
 * @param groups from top to bottom
 */
record Bars(String title, List<String> series, List<Group> groups) {
    private static final int WIDTH = 480;
    private static final int LEFT = 176;
    private static final int RIGHT = 56;
    private static final int TOP = 60;
    private static final int BAR = 14;
    private static final int GAP = 10;

    Bars {
        series = List.copyOf(series);
        groups = List.copyOf(groups);
    }

    /** A name and a bar for each series. */
    record Group(String name, List<Double> values) {
        Group {
            values = List.copyOf(values);
        }
    }

    /** Returns the SVG document. */
    String svg() {
        var names = IntStream.range(0, series.size())
                .mapToObj(i -> colored(i, Svg.text(LEFT + i * 90, 46, "series", "start", series.get(i))));
        var drawn = Stream.of(
                        Stream.of(Svg.text(16, 24, "title", "start", title)),
                        names,
                        IntStream.range(0, groups.size()).boxed().flatMap(this::group))
                .flatMap(parts -> parts)
                .collect(Collectors.joining("\n"));
        return Svg.document(WIDTH, TOP + groups.size() * height(), title, drawn);
    }

    private int height() {
        return series.size() * BAR + GAP;
    }

    private Stream<String> group(int index) {
        var group = groups.get(index);
        var top = TOP + index * height();
        var middle = top + series.size() * BAR / 2.0 + 4;
        var bars = IntStream.range(0, series.size())
                .boxed()
                .flatMap(i -> bar(i, top + i * BAR, group.values().get(i)));
        return Stream.concat(Stream.of(Svg.text(LEFT - 8, middle, "name", "end", group.name())), bars);
    }

    private Stream<String> bar(int series, double top, double value) {
        var length = value / longest() * (WIDTH - LEFT - RIGHT);
        return Stream.of(
                """
                <rect x="%d" y="%s" width="%s" height="%d" fill="%s"/>""".formatted(LEFT, Svg.decimal(top), Svg.decimal(length), BAR - 2, Svg.COLOURS.get(series)),
                Svg.text(LEFT + length + 5, top + 11, "value", "start", Svg.number(Math.rint(value))));
    }

    private double longest() {
        return groups.stream()
                .flatMap(group -> group.values().stream())
                .mapToDouble(value -> value)
                .max()
                .orElse(1);
    }

    private static String colored(int series, String text) {
        return text.replace("<text ", "<text style=\"fill: " + Svg.COLOURS.get(series) + "\" ");
    }
}
