package dev.irsa.integration.machine;

import dev.irsa.fixtures.awsserver.AwsCall;
import dev.irsa.fixtures.awsserver.AwsErrors;
import dev.irsa.fixtures.awsserver.AwsRequest;
import dev.irsa.fixtures.awsserver.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Answers GetAccountAuthorizationDetails for roles in pages by MaxItems and Marker, as AWS does. moto returns all roles
 * in one answer. The first page reads all roles from moto; the pages after it are cut from that answer.
 */
final class PagedDetails implements Backend {
    private static final String ACTION = "GetAccountAuthorizationDetails";
    private static final Pattern MARKER = Pattern.compile("([0-9a-f-]{36})\\.([0-9]{1,9})");
    private static final int MOST_ITEMS = 1000;
    private static final int LISTINGS_KEPT = 4;

    private final Backend onward;
    private final Download whole;
    private final Map<String, RoleListing> listings = new LinkedHashMap<>();
    private volatile ForeignRoles foreign = ForeignRoles.of(0);

    PagedDetails(Backend onward, Download whole) {
        this.onward = onward;
        this.whole = whole;
    }

    /** Fetches an answer that is too large for memory. */
    @FunctionalInterface
    interface Download {
        /** Writes the body to the file and returns the status. */
        int into(Path file, AwsRequest request) throws IOException, InterruptedException;
    }

    /** Sets how many foreign roles follow those of moto in listings that start from now on. */
    void addForeignRoles(int count) {
        foreign = ForeignRoles.of(count);
    }

    @Override
    public Reply answer(AwsRequest request) throws IOException, InterruptedException {
        return asksForRoles(request.call()) ? page(request) : onward.answer(request);
    }

    /** Reports whether the filter selects roles only. Other listings are not paged. */
    private static boolean asksForRoles(AwsCall call) {
        var filters = call.parameters().entrySet().stream()
                .filter(parameter -> parameter.getKey().startsWith("Filter."))
                .map(Map.Entry::getValue)
                .collect(Collectors.toSet());
        return call.name().equals("iam:" + ACTION) && filters.size() == 1 && filters.contains("Role");
    }

    private Reply page(AwsRequest request) throws IOException, InterruptedException {
        var call = request.call();
        var items = call.parameters().getOrDefault("MaxItems", "100");
        if (!items.matches("[0-9]{1,4}") || Integer.parseInt(items) < 1 || Integer.parseInt(items) > MOST_ITEMS) {
            return invalid(call, "MaxItems must be from 1 to " + MOST_ITEMS);
        }
        var marker = call.parameters().get("Marker");
        return marker == null
                ? firstPage(request, Integer.parseInt(items))
                : laterPage(call, marker, Integer.parseInt(items));
    }

    private Reply firstPage(AwsRequest request, int items) throws IOException, InterruptedException {
        var file = Files.createTempFile("role-details-", ".xml");
        try {
            var status = whole.into(file, request);
            if (status != 200) {
                return Reply.Answer.of(status, "text/xml", Files.readString(file));
            }
            var listing = SpooledRoles.of(file).and(foreign);
            var id = UUID.randomUUID().toString();
            if (listing.size() > items) {
                keep(id, listing);
            }
            return page(id, listing, 0, items);
        } finally {
            Files.delete(file);
        }
    }

    private Reply laterPage(AwsCall call, String marker, int items) {
        var parts = MARKER.matcher(marker);
        var listing = parts.matches() ? kept(parts.group(1)) : Optional.<RoleListing>empty();
        if (listing.isEmpty()
                || Integer.parseInt(parts.group(2)) >= listing.get().size()) {
            return invalid(call, "Invalid Marker");
        }
        return page(parts.group(1), listing.get(), Integer.parseInt(parts.group(2)), items);
    }

    private synchronized void keep(String id, RoleListing listing) {
        listings.put(id, listing);
        if (listings.size() > LISTINGS_KEPT) {
            listings.remove(listings.keySet().iterator().next());
        }
    }

    private synchronized Optional<RoleListing> kept(String id) {
        return Optional.ofNullable(listings.get(id));
    }

    private static Reply page(String id, RoleListing listing, int from, int items) {
        var to = Math.min(from + items, listing.size());
        var truncated = to < listing.size();
        return Reply.Answer.of(200, "text/xml", """
                <%1$sResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><%1$sResult>\
                <IsTruncated>%2$s</IsTruncated>%3$s<UserDetailList/><GroupDetailList/><RoleDetailList>%4$s</RoleDetailList>\
                <Policies/></%1$sResult><ResponseMetadata><RequestId>%5$s</RequestId></ResponseMetadata></%1$sResponse>""".formatted(
                        ACTION,
                        truncated,
                        truncated ? "<Marker>" + id + "." + to + "</Marker>" : "",
                        IntStream.range(from, to).mapToObj(listing::element).collect(Collectors.joining()),
                        UUID.randomUUID()));
    }

    private static Reply invalid(AwsCall call, String message) {
        return AwsErrors.error(call, 400, "ValidationError", message);
    }
}
