package dev.irsa.kubectl.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.irsa.kubectl.get.AccountKey;
import dev.irsa.kubectl.plan.InvalidFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SuspendEditTest {
    private static final AccountKey CART = new AccountKey("shop", "cart");
    private final SuspendEdit edit = new SuspendEdit("cart.yaml", "shop");

    @Test
    void keepsEverythingButTheValue() throws InvalidFile {
        String text = """
                # A 🐈 comment, suspend: true\r
                ---
                apiVersion: irsa.dev/v1beta1
                kind: IamServiceAccount
                metadata: {name: mail, namespace: shop}
                spec: {suspend: true}
                ---

                ---
                kind:   IamServiceAccount  # of the shop
                apiVersion: "irsa.dev/v1beta1"\r
                metadata:
                    namespace: 'shop'
                    name: cart
                spec:
                    # suspend: true
                    role:
                        description: |
                            suspend: true
                    suspend:   true   # until Monday 🐈
                    deletionPolicy: Retain""";

        assertThat(edit.resume(text, CART)).isEqualTo(text.replace("suspend:   true", "suspend:   false"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{apiVersion: irsa.dev/v1beta1, kind: IamServiceAccount, metadata: {name: cart}, spec: {suspend: true}}",
                "{\"kind\": \"IamServiceAccount\", \"metadata\": {\"name\": \"cart\"}, \"spec\": {\"suspend\": true}}",
                "\uFEFFkind: IamServiceAccount\nmetadata: {name: cart}\nspec: {suspend: true}\n"
            })
    void editsOtherForms(String text) throws InvalidFile {
        String resumed = edit.resume(text, CART);

        assertThat(resumed).isEqualTo(text.replace("true", "false"));
        assertThat(edit.suspend(resumed, CART)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // The value is that of an anchor, or part of one that others use.
                "x: &x true\nkind: IamServiceAccount\nmetadata: {name: cart}\nspec: {suspend: *x}\n",
                "kind: IamServiceAccount\nmetadata: {name: cart}\nspec: &s {suspend: true}\nother: *s\n",
                "base: &b {suspend: true}\nkind: IamServiceAccount\nmetadata: {name: cart}\nspec: {<<: *b}\n",
                "kind: List\nitems:\n- kind: IamServiceAccount\n  metadata: {name: cart}\n  spec: {suspend: true}\n",
                "kind: IamServiceAccount\nmetadata: {name: cart}\nspec: {suspend: !!bool \"true\"}\n",
                "kind: IamServiceAccount\nmetadata: {name: cart}\nspec: {suspend: TRUE}\n",
                "kind: IamServiceAccount\nmetadata: {name: cart}\nspec: {}\n",
                "kind: IamServiceAccount\nmetadata: {name: cart, namespace: other}\nspec: {suspend: true}\n",
                """
                kind: IamServiceAccount
                metadata: {name: cart}
                spec: {suspend: true}
                ---
                kind: IamServiceAccount
                metadata: {name: cart}
                spec: {suspend: true}
                """,
                "kind: {"
            })
    void refusesWhatCannotBeEditedSafely(String text) {
        assertThatThrownBy(() -> edit.resume(text, CART))
                .isInstanceOf(InvalidFile.class)
                .hasMessageContaining("cart.yaml");
    }
}
