package dev.irsa.integration.contract;

import dev.irsa.fixtures.iam.IamImplementation;
import dev.irsa.integration.machine.Moto;

class MotoIamContractIT extends EmulatorContract {
    MotoIamContractIT() {
        this(Moto.start());
    }

    private MotoIamContractIT(Moto moto) {
        super(IamImplementation.MOTO, moto, moto.endpoint());
    }
}
