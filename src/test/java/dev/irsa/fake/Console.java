package dev.irsa.fake;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.iam.model.CreateOpenIdConnectProviderRequest;

/**
 * The account in the hands of a person: sees the truth at once, and may do what the API would refuse, without leaving
 * a trace in the log of calls. What it changes spreads as slowly as what the API changes.
 */
public final class Console {
    private final ReentrantLock turn;
    private final Roles roles;
    private final Births births;
    private final Providers providers;

    Console(ReentrantLock turn, Roles roles, Births births, Providers providers) {
        this.turn = turn;
        this.roles = roles;
        this.births = births;
        this.providers = providers;
    }

    public Optional<RoleRecord> role(String name) {
        return Gate.inTurn(turn, () -> roles.current(name));
    }

    /** All roles, by name. */
    public List<RoleRecord> roles() {
        return Gate.inTurn(turn, roles::all);
    }

    /** Makes a role with nothing but a trust policy; service-linked ones too, which no API call can make. */
    public RoleRecord create(String name, String path, String trust) {
        return Gate.inTurn(turn, () -> {
            if (roles.occupant(name).isPresent()) {
                throw new IllegalStateException("there is a role " + name + " already");
            }
            var role = births.role(name, path, trust);
            roles.write(role);
            return role;
        });
    }

    /** Changes a role: {@code edit("payments", role -> role.withoutTag("team"))}. */
    public RoleRecord edit(String name, UnaryOperator<RoleRecord> change) {
        return Gate.inTurn(turn, () -> {
            var changed = change.apply(existing(name));
            roles.write(changed);
            return changed;
        });
    }

    /** Deletes a role with all it holds. */
    public void delete(String name) {
        Gate.inTurn(turn, () -> {
            var role = existing(name);
            roles.delete(role);
            return role;
        });
    }

    /** All OIDC providers, by name. */
    public List<ProviderRecord> providers() {
        return Gate.inTurn(turn, providers::all);
    }

    /** Makes an OIDC provider for this URL. */
    public ProviderRecord createProvider(String url, String... audiences) {
        return Gate.inTurn(
                turn,
                () -> providers.create(CreateOpenIdConnectProviderRequest.builder()
                        .url(url)
                        .clientIDList(audiences)
                        .build()));
    }

    public void addAudience(String arn, String audience) {
        Gate.inTurn(turn, () -> {
            providers.addAudience(arn, audience);
            return arn;
        });
    }

    public void deleteProvider(String arn) {
        Gate.inTurn(turn, () -> {
            providers.delete(arn);
            return arn;
        });
    }

    private RoleRecord existing(String name) {
        return roles.current(name).orElseThrow(() -> new IllegalStateException("there is no role " + name));
    }
}
