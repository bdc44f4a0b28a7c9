import pytest
from tests.cast import *
from django.urls import reverse
pytestmark = pytest.mark.django_db
def test_all(regions, signed_in):
    office = signed_in(make_user("county_office")); auditor = signed_in(make_user("audit_administrator"))
    for client, names in ((auditor, [("audit_list",()),("job_list",()),("export_audit",())]), (office, [("parameter_list",()),("parameter_file",("income_year_first_month",)),("supersede_parameter",("income_year_first_month",)),("region_list",()),("region_file",(VILLAGE,)),("add_region",(VILLAGE,)),("add_region",(COUNTY,)),("rename_region",(TOWN,)),("recode_region",(TOWN,)),("merge_region",(TOWN,)),("job_list",())])):
        for name, args in names:
            r = client.get(reverse(name, args=args))
            print(name, r.status_code)
            assert r.status_code == 200, name
    r = auditor.post(reverse("verify_audit"), follow=True); assert r.status_code == 200; print(r.request["PATH_INFO"])
