package dev.irsa.integration.contract;

import dev.irsa.fixtures.iam.IamImplementation;
import dev.irsa.integration.machine.Moto;

class MotoIamContractIT extends EmulatorContract {
    MotoIamContractIT() {
        super(IamImplementation.MOTO, Moto.start());
    }
}
