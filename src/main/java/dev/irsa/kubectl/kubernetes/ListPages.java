package dev.irsa.kubectl.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;

/** Reads a list page by page. */
final class ListPages {
    private static final long PAGE_SIZE = 500;

    private ListPages() {}

    /** Returns all items. */
    static <T extends HasMetadata, L extends KubernetesResourceList<T>> List<T> all(Function<ListOptions, L> list) {
        List<T> items = new ArrayList<>();
        each(list, items::add);
        return List.copyOf(items);
    }

    /** Passes each item, with one page in memory at a time. Returns the number of items. */
    static <T extends HasMetadata, L extends KubernetesResourceList<T>> int each(
            Function<ListOptions, L> list, Consumer<T> item) {
        int count = 0;
        String continuation = "";
        do {
            L page = list.apply(new ListOptionsBuilder()
                    .withLimit(PAGE_SIZE)
                    .withContinue(continuation.isEmpty() ? null : continuation)
                    .build());
            page.getItems().forEach(item);
            count += page.getItems().size();
            continuation = Objects.requireNonNullElse(page.getMetadata().getContinue(), "");
        } while (!continuation.isEmpty());
        return count;
    }
}
