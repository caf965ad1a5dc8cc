package dev.irsa.performance.bench;

import static dev.irsa.performance.bench.Svg.decimal;
import static dev.irsa.performance.bench.Svg.number;
import static dev.irsa.performance.bench.Svg.rule;
import static dev.irsa.performance.bench.Svg.text;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A line plot in SVG, usually over the number of resources.
 *
 * @param title the title
 * @param unit of the values, such as MiB
 * @param scale of the vertical axis
 * @param across the horizontal axis
 * @param lines the lines, each with a name
 */
public record Plot(String title, String unit, Axis.Scale scale, Across across, List<Line> lines) {
    private static final int WIDTH = 480;
    private static final int HEIGHT = 300;
    private static final int LEFT = 56;
    private static final int RIGHT = 118;
    private static final int TOP = 48;
    private static final int BOTTOM = 50;

    /** With more points than this, the plot draws no dots. */
    private static final int MOST_DOTS = 24;

    public Plot {
        lines = lines.stream().filter(line -> !line.points().isEmpty()).toList();
    }

    /** Returns a plot over the number of resources. */
    Plot(String title, String unit, Axis.Scale scale, List<Line> lines) {
        this(title, unit, scale, Across.RESOURCES, lines);
    }

    /**
     * The horizontal axis. A logarithmic axis has marks at the points.
     *
     * @param name the label below the axis
     */
    public record Across(String name, Axis.Scale scale) {
        /** Logarithmic, from 1 to thousands. */
        static final Across RESOURCES = new Across("resources", Axis.Scale.Logarithmic);
    }

    /**
     * A line through points from left to right.
     *
     * @param name the label at its end
     * @param points without gaps
     */
    public record Line(String name, List<Point> points) {
        public Line {
            points = List.copyOf(points);
        }
    }

    /** A value at a position on the horizontal axis. */
    public record Point(double across, double value) {}

    /** Returns the SVG document. */
    public String svg() {
        var drawn = Stream.of(
                        Stream.of(text(16, 24, "title", "start", unit.isEmpty() ? title : title + ", " + unit)),
                        axes(),
                        IntStream.range(0, lines.size()).boxed().flatMap(this::line))
                .flatMap(parts -> parts)
                .collect(Collectors.joining("\n"));
        return Svg.document(WIDTH, HEIGHT, title, drawn);
    }

    private Stream<String> axes() {
        var bottom = HEIGHT - BOTTOM;
        var right = WIDTH - RIGHT;
        var marks = marks().boxed()
                .flatMap(mark -> Stream.of(
                        rule(x(mark), TOP, x(mark), bottom, "grid"),
                        text(x(mark), bottom + 18, "tick", "middle", number(mark))));
        var up = axis().ticks()
                .boxed()
                .flatMap(value -> Stream.of(
                        rule(LEFT, y(value), right, y(value), "grid"),
                        text(LEFT - 8, y(value) + 4, "tick", "end", number(value))));
        var names = Stream.of(
                rule(LEFT, bottom, right, bottom, "axis"),
                rule(LEFT, TOP, LEFT, bottom, "axis"),
                text((LEFT + right) / 2.0, HEIGHT - 10, "axis-name", "middle", across.name()));
        return Stream.of(marks, up, names).flatMap(parts -> parts);
    }

    private Stream<String> line(int index) {
        var line = lines.get(index);
        var colour = Svg.COLOURS.get(index);
        var path = line.points().stream()
                .map(point -> decimal(x(point.across())) + "," + decimal(y(point.value())))
                .collect(Collectors.joining(" "));
        var dots = line.points().size() > MOST_DOTS
                ? Stream.<String>empty()
                : line.points().stream().map(point -> """
                        <circle cx="%s" cy="%s" r="4" fill="%s"><title>%s: %s %s</title></circle>""".formatted(
                                decimal(x(point.across())),
                                decimal(y(point.value())),
                                colour,
                                number(point.across()),
                                number(point.value()),
                                unit));
        return Stream.concat(
                Stream.of(
                        """
                        <polyline points="%s" fill="none" stroke="%s" stroke-width="2"/>""".formatted(path, colour),
                        text(WIDTH - RIGHT + 12, nameHeight(index), "name", "start", line.name())
                                .replace("<text ", "<text style=\"fill: " + colour + "\" ")),
                dots);
    }

    /** Moves labels apart that would overlap. */
    private double nameHeight(int index) {
        var taken = IntStream.range(0, index).mapToObj(this::nameHeight).toList();
        var height = y(lines.get(index).points().getLast().value()) + 4;
        for (var other : taken.stream().sorted().toList()) {
            height = Math.abs(other - height) < 16 ? other + 16 : height;
        }
        return height;
    }

    private DoubleStream marks() {
        return switch (across.scale()) {
            case Linear -> acrossAxis().ticks();
            case Logarithmic -> all(Point::across).distinct().sorted();
        };
    }

    private DoubleStream all(ToDoubleFunction<Point> part) {
        return lines.stream().flatMap(line -> line.points().stream()).mapToDouble(part);
    }

    private double x(double value) {
        var part = switch (across.scale()) {
            case Linear -> acrossAxis().part(value);
            case Logarithmic -> {
                var first = Math.log10(marks().min().orElse(1));
                var last = Math.log10(marks().max().orElse(10));
                yield last > first ? (Math.log10(value) - first) / (last - first) : 0.5;
            }
        };
        return LEFT + 20 + part * (WIDTH - LEFT - RIGHT - 40);
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - axis().part(value) * (HEIGHT - TOP - BOTTOM);
    }

    private Axis acrossAxis() {
        return Axis.of(Axis.Scale.Linear, 0, all(Point::across).max().orElse(1));
    }

    private Axis axis() {
        return Axis.of(
                scale,
                all(Point::value).min().orElse(1),
                all(Point::value).max().orElse(1));
    }
}
