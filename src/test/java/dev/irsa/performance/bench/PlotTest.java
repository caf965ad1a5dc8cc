package dev.irsa.performance.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.performance.bench.Axis.Scale;
import dev.irsa.performance.bench.Plot.Across;
import dev.irsa.performance.bench.Plot.Line;
import dev.irsa.performance.bench.Plot.Point;
import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class PlotTest {
    private static final Line RISING =
            new Line("peak", List.of(new Point(1, 90), new Point(200, 120), new Point(5000, 240)));

    @ParameterizedTest
    @EnumSource
    void pointsRiseToTheRightAndStayWithinTheAxes(Scale scale) throws Exception {
        var points = elements(svg(scale, RISING), "circle");

        assertThat(points).hasSize(3).extracting(point -> number(point, "cx")).isSorted();
        assertThat(points)
                .extracting(point -> -number(point, "cy"))
                .as("up is less")
                .isSorted();
        assertThat(points).allSatisfy(point -> {
            assertThat(number(point, "cx")).isBetween(56.0, 362.0);
            assertThat(number(point, "cy")).isBetween(48.0, 250.0);
        });
    }

    @ParameterizedTest
    @EnumSource
    void axesShowTheSizesAndRoundValues(Scale scale) throws Exception {
        var texts = texts(svg(scale, RISING));

        assertThat(texts).contains("1", "200", "5,000", "resources", "Memory, MiB");
        assertThat(texts).contains(scale == Scale.Linear ? "250" : "1,000").contains("100");
    }

    @Test
    void lineNamesDoNotOverlap() throws Exception {
        var twin = new Line("at rest", RISING.points());
        var names = elements(svg(Scale.Linear, RISING, twin, new Line("<third>", RISING.points())), "text").stream()
                .filter(text -> text.getAttribute("class").equals("name"))
                .toList();

        assertThat(names).extracting(Element::getTextContent).containsExactly("peak", "at rest", "<third>");
        assertThat(names.stream().map(name -> number(name, "y")).distinct()).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource
    void plotsASingleSize(Scale scale) throws Exception {
        var points = elements(svg(scale, new Line("one", List.of(new Point(200, 1)))), "circle");

        assertThat(points)
                .singleElement()
                .satisfies(point -> assertThat(number(point, "cy")).isFinite());
    }

    @Test
    void minutesHaveRoundMarksAndManyPointsHaveNoDots() throws Exception {
        var hour = new Line(
                "resident",
                IntStream.range(0, 240).mapToObj(i -> new Point(i / 4.0, 150)).toList());
        var plot = parsed(
                new Plot("Memory", "MiB", Scale.Linear, new Across("minutes", Scale.Linear), List.of(hour)).svg());

        assertThat(texts(plot)).contains("minutes", "0", "20", "40", "60");
        assertThat(elements(plot, "circle")).isEmpty();
        assertThat(elements(plot, "polyline")).hasSize(1);
    }

    private static Document svg(Scale scale, Line... lines) throws Exception {
        return parsed(new Plot("Memory", "MiB", scale, List.of(lines)).svg());
    }

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    private static List<Element> elements(Document svg, String name) {
        var found = svg.getElementsByTagName(name);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> (Element) found.item(i))
                .toList();
    }

    private static List<String> texts(Document svg) {
        return elements(svg, "text").stream().map(Element::getTextContent).toList();
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }
}
