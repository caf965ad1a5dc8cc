package dev.irsa.machine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/** The protocol of IAM on the side of the server: forms in, XML out, by what the SDK's own shapes say of themselves. */
final class QueryProtocol {
    private QueryProtocol() {}

    /** Gives a builder what the form holds. */
    static void read(Map<String, String> form, SdkPojo builder) {
        fill(form, "", builder);
    }

    private static void fill(Map<String, String> form, String prefix, SdkPojo builder) {
        builder.sdkFields()
                .forEach(field -> value(form, prefix + field.locationName(), field)
                        .ifPresent(value -> field.set(builder, value)));
    }

    /** What a field is given, if anything. */
    private static Optional<Object> value(Map<String, String> form, String name, SdkField<?> field) {
        var type = field.marshallingType();
        if (type.equals(MarshallingType.LIST)) {
            return list(form, name, field.getTrait(ListTrait.class).memberFieldInfo());
        }
        if (type.equals(MarshallingType.SDK_POJO)) {
            return structure(form, name, field);
        }
        return Optional.ofNullable(form.get(name)).map(text -> scalar(type, text));
    }

    private static Optional<Object> list(Map<String, String> form, String name, SdkField<?> member) {
        List<Object> values = new ArrayList<>();
        for (var next = value(form, name + ".member.1", member); next.isPresent(); ) {
            values.add(next.get());
            next = value(form, name + ".member." + (values.size() + 1), member);
        }
        return values.isEmpty() ? Optional.empty() : Optional.of(values);
    }

    private static Optional<Object> structure(Map<String, String> form, String name, SdkField<?> field) {
        if (form.keySet().stream().noneMatch(key -> key.startsWith(name + "."))) {
            return Optional.empty();
        }
        var builder = field.constructor().get();
        fill(form, name + ".", builder);
        return Optional.of(((SdkBuilder<?, ?>) builder).build());
    }

    private static Object scalar(MarshallingType<?> type, String text) {
        if (type.equals(MarshallingType.INTEGER)) {
            return Integer.valueOf(text);
        }
        if (type.equals(MarshallingType.BOOLEAN)) {
            return Boolean.valueOf(text);
        }
        if (type.equals(MarshallingType.STRING)) {
            return text;
        }
        throw new IllegalArgumentException("no parameter of " + type + " is known");
    }

    /** The answer to an action. */
    static String write(String action, SdkPojo response) {
        return """
                <%1$sResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><%1$sResult>%2$s</%1$sResult>\
                <ResponseMetadata><RequestId>00000000-0000-4000-8000-000000000000</RequestId></ResponseMetadata>\
                </%1$sResponse>""".formatted(action, fields(response));
    }

    private static String fields(SdkPojo structure) {
        var xml = new StringBuilder();
        for (var field : structure.sdkFields()) {
            Optional.ofNullable(field.getValueOrDefault(structure))
                    .filter(value -> !(value instanceof SdkAutoConstructList))
                    .ifPresent(value -> xml.append(element(field.locationName(), value)));
        }
        return xml.toString();
    }

    private static String element(String name, Object value) {
        var content = switch (value) {
            case SdkPojo structure -> fields(structure);
            case Collection<?> list -> {
                var members = new StringBuilder();
                list.forEach(member -> members.append(element("member", member)));
                yield members.toString();
            }
            default ->
                value.toString().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        };
        return "<" + name + ">" + content + "</" + name + ">";
    }
}
