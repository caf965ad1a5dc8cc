package dev.irsa.port;

import dev.irsa.api.v1beta1.IamAccount;
import dev.irsa.api.v1beta1.IamServiceAccount;
import java.util.List;

/** Provides from the cache the other AWS accounts, and the resources that name them. */
public interface AccountSource {
    /** Returns all accounts; none before the cache is filled. */
    List<IamAccount> accounts();

    /** Returns the resources that name this account. */
    List<IamServiceAccount> users(String account);
}
