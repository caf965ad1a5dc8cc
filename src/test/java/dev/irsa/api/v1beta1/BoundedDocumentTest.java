package dev.irsa.api.v1beta1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedDocumentTest {
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(1_000_000)
                    .maxNameLength(10_000_000)
                    .build())
            .build());

    private static InlinePolicy read(String document) throws JsonProcessingException {
        return JSON.readValue("{\"name\":\"read\",\"document\":" + document + "}", InlinePolicy.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"a\":[],\"b\":{},\"c\":[1,-2.5,1e3,true,false,null,\"\u00e9\\u0000\\n\"]}",
                "{\"Statement\":[{\"Condition\":{\"NumericLessThan\":{\"k\":[123456789012345678901234567890]}}}]}"
            })
    void readsDocumentUnchanged(String document) throws JsonProcessingException {
        assertThat(read(document).document())
                .hasToString(JSON.readTree(document).toString());
        assertThat(read(document).tooLarge()).isFalse();
    }

    @Property(tries = 200)
    void keepsDocumentUpToMaximumDepth(@ForAll @IntRange(min = 1, max = 200) int levels, @ForAll boolean arrays)
            throws JsonProcessingException {
        assertThat(read(nested(levels, arrays)).tooLarge()).isEqualTo(levels > BoundedDocument.LEVELS);
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 10_000, 100_000})
    void needsNoStackForDeepNesting(int levels) throws JsonProcessingException {
        assertThat(read(nested(levels, false)).tooLarge()).isTrue();
        assertThat(read(nested(levels, true)).tooLarge()).isTrue();
    }

    @Test
    void dropsDocumentThatIsTooLargeForIam() throws JsonProcessingException {
        String keys = IntStream.range(0, 100_000)
                .mapToObj(i -> "\"k" + i + "\":1")
                .collect(Collectors.joining(",", "{", "}"));
        String values = "{\"a\":[" + "1,".repeat(500_000) + "1]}";

        assertThat(read(keys).tooLarge()).isTrue();
        assertThat(read(values).tooLarge()).isTrue();
        assertThat(read("{\"" + "k".repeat(1_000_000) + "\":1}").tooLarge()).isTrue();
        assertThat(read("{\"a\":\"" + "v".repeat(1_000_000) + "\"}").tooLarge()).isTrue();
    }

    /** IAM does not count white space. */
    @Test
    void keepsDocumentThatIamMightAccept() throws JsonProcessingException {
        String document = "{\"a\":\"" + "v".repeat(10_240) + " ".repeat(100_000) + "\"}";

        assertThat(read(document).document()).hasToString(document);
    }

    /** Otherwise, a few resources with many documents each would fill the heap. */
    @Test
    void dropsDocumentsThatTogetherAreTooLarge() throws JsonProcessingException {
        String document = "{\"a\":[" + "{},".repeat(1_000) + "{}]}";
        String policies = IntStream.range(0, 50)
                .mapToObj(i -> "{\"name\":\"p" + i + "\",\"document\":" + document + "}")
                .collect(Collectors.joining(","));

        assertThat(JSON.readValue("{\"inline\":[" + policies + "]}", PoliciesSpec.class)
                        .inline())
                .extracting(InlinePolicy::tooLarge)
                .startsWith(false, false, false)
                .endsWith(true, true);
    }

    /** IAM accepts 10,240 characters in total, and each value in quotation marks has at least three of them. */
    @Test
    void keepsManySmallValuesThatIamMightAccept() throws JsonProcessingException {
        String policies = IntStream.range(0, 50)
                .mapToObj(i -> "{\"name\":\"p" + i + "\",\"document\":{\"a\":[" + "\"\",".repeat(60) + "\"\"]}}")
                .collect(Collectors.joining(","));

        assertThat(JSON.readValue("{\"inline\":[" + policies + "]}", PoliciesSpec.class)
                        .inline())
                .noneMatch(InlinePolicy::tooLarge);
    }

    /** The managed fields are nested as deeply as the fields themselves. */
    @Test
    void dropsManagedFields() throws JsonProcessingException {
        String resource = "{\"metadata\":{\"name\":\"a\",\"managedFields\":[{\"manager\":\"kubectl\",\"fieldsV1\":"
                + nested(9_900, false) + "}]}}";

        assertThat(JSON.readValue(resource, IamServiceAccount.class)
                        .getMetadata()
                        .getManagedFields())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"text\"", "7"})
    void refusesAnythingButAnObject(String document) {
        assertThatThrownBy(() -> read(document)).isInstanceOf(JsonProcessingException.class);
    }

    private static String nested(int levels, boolean arrays) {
        int inner = levels - 1;
        return "{\"a\":" + (arrays ? "[" : "{\"a\":").repeat(inner) + "1" + (arrays ? "]" : "}").repeat(inner) + "}";
    }
}
