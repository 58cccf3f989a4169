from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0002_school_list_draft'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='organisation',
            name='organisations_in_municipality',
        ),
        migrations.AddIndex(
            model_name='organisation',
            index=models.Index(fields=['municipality', '-kind', 'sort_key', 'id'], name='organisations_in_municipality'),
        ),
    ]
